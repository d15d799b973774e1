using Comity.OpenPgp.Packets;

namespace Comity.Fuzz.Tests.Engine;

/// <summary>Changes of OpenPGP octets that keep their packets whole: doubled, missing, exchanged, nested, of another type.</summary>
internal static class PacketMutations
{
    private static readonly int[] Tags = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 17, 18, 19, 20];

    public static byte[]? Apply(byte[] octets, SeededSource source)
    {
        if (octets.Length == 0 || octets[0] < 0x80 || Split(octets) is not { Count: > 0 } packets)
            return null;
        var at = source.Below(packets.Count);
        var (tag, body) = packets[at];
        switch (source.Below(7))
        {
            case 0:
                packets.RemoveAt(at);
                break;
            case 1:
                packets.Insert(at, packets[source.Below(packets.Count)]);
                break;
            case 2:
                var other = source.Below(packets.Count);
                (packets[at], packets[other]) = (packets[other], packets[at]);
                break;
            case 3:
                packets[at] = (source.Pick(Tags), body);
                break;
            case 4:
                packets[at] = (8, [0, .. Joined([(tag, body)])]);
                break;
            case 5 when body.Length > 0:
                packets[at] = (tag, OctetMutations.SetOctet(body, source));
                break;
            default:
                return InParts(packets, at, source);
        }

        return Joined(packets);
    }

    private static List<(int Tag, byte[] Body)> Split(byte[] octets)
    {
        var walk = new PacketWalk(octets.ToArray(), 100);
        var found = new List<(int, byte[])>();
        while (walk.Next(out var packet) == Step.Read)
            found.Add(((int)packet.Tag, packet.Body.ToArray()));
        return found;
    }

    private static byte[] Joined(IEnumerable<(int Tag, byte[] Body)> packets)
    {
        using var writer = new OctetWriter();
        foreach (var (tag, body) in packets)
            writer.Packet((Tag)tag, body);
        return writer.ToArray();
    }

    /// <summary>One packet with partial lengths (RFC 9580, 4.2.1.4), whether it may have them or not.</summary>
    private static byte[] InParts(List<(int Tag, byte[] Body)> packets, int at, SeededSource source)
    {
        var (tag, body) = packets[at];
        var power = source.Below(12);
        var rest = body.AsSpan();
        using var parts = new OctetWriter();
        parts.Octet(0xC0 | tag);
        while (rest.Length > 1 << power && !source.OneIn(40))
        {
            parts.Octet(0xE0 | power).Octets(rest[..(1 << power)]);
            rest = rest[(1 << power)..];
        }

        parts.Length(rest.Length).Octets(rest);
        return [.. Joined(packets.Take(at)), .. parts.Written, .. Joined(packets.Skip(at + 1))];
    }
}
