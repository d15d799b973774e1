namespace Comity.Fuzz.Tests.Engine;

/// <summary>Makes new inputs out of known ones, or out of nothing but tokens.</summary>
internal sealed class Mutator(IReadOnlyList<byte[]> tokens, int modes, int longest, SeededSource source)
{
    /// <summary>The first octet says how an input is used, where a target knows several ways; it changes seldom.</summary>
    private int Head => modes > 0 ? 1 : 0;

    public byte[] Mutate(byte[] input, byte[] other)
    {
        var head = input[..Math.Min(Head, input.Length)];
        var body = input[head.Length..];
        for (var left = source.OneIn(2) ? 1 : 1 + source.Skewed(6); left > 0; left--)
            body =
                body.Length == 0
                    ? source.Pick(tokens)
                    : Change(body, other.AsSpan(Math.Min(Head, other.Length)).ToArray());
        if (head.Length > 0 && source.OneIn(100))
            head = Mode();
        return Bounded(head, body);
    }

    public byte[] Generate()
    {
        byte[] body = source.OneIn(2) ? Generation.Json(tokens, source) : Generation.Words(tokens, source);
        return Bounded(modes > 0 ? Mode() : [], body);
    }

    private byte[] Mode() => [(byte)('0' + source.Below(modes))];

    private byte[] Bounded(byte[] head, byte[] body) => [.. head, .. body.AsSpan(0, Math.Min(body.Length, longest))];

    private byte[] Change(byte[] body, byte[] other) =>
        body[0] == '{' && !source.OneIn(4) && JsonMutations.Apply(body, tokens, source) is { } json
            ? json
            : ChangeOctets(body, other);

    private byte[] ChangeOctets(byte[] body, byte[] other) =>
        source.Below(18) switch
        {
            0 or 1 => OctetMutations.FlipBit(body, source),
            2 => OctetMutations.SetOctet(body, source),
            3 => OctetMutations.BendLength(body, source),
            4 => OctetMutations.Cut(body, source),
            5 when source.OneIn(3) => OctetMutations.Truncate(body, source),
            6 => OctetMutations.Repeat(body, source),
            7 => OctetMutations.Move(body, source),
            8 => OctetMutations.Splice(body, other, source),
            9 => OctetMutations.Graft(body, other, source),
            10 or 11 => OctetMutations.Place(body, source.Pick(tokens), source),
            12 or 13 => LineMutations.Apply(body, tokens, source) ?? OctetMutations.SetOctet(body, source),
            14 or 15 => PacketMutations.Apply(body, source) ?? OctetMutations.BendLength(body, source),
            _ => PacketMutations.Apply(body, source)
                ?? JsonMutations.Apply(body, tokens, source)
                ?? OctetMutations.FlipBit(body, source),
        };
}
