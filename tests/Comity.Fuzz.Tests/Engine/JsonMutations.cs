using System.Text;

namespace Comity.Fuzz.Tests.Engine;

/// <summary>Changes that leave JSON to be JSON, mostly.</summary>
internal static class JsonMutations
{
    private static readonly string[] Values =
    [
        "null",
        "true",
        "false",
        "0",
        "-1",
        "1",
        "1.5",
        "2147483648",
        "9007199254740991",
        "9007199254740993",
        "1e400",
        "-0",
        "\"\"",
        "\" \"",
        "\"\\u0000\"",
        "\"\\ud800\"",
        "\"\\u202e\"",
        "\"QX/technical\"",
        "\"2026-02-30T00:00:00.000Z\"",
        "\"9999-12-31T23:59:59.999Z\"",
        "[]",
        "{}",
        "[{}]",
        "{\"\":0}",
    ];

    /// <summary>Null where there is no JSON to change.</summary>
    public static byte[]? Apply(byte[] octets, IReadOnlyList<byte[]> tokens, SeededSource source)
    {
        var places = JsonPlaces.Find(octets);
        if (places.Count < 2)
            return null;
        var place = source.Pick(places);
        return source.Below(8) switch
        {
            0 => Put(octets, place.Start, place.End, Encoding.UTF8.GetBytes(source.Pick(Values))),
            1 => Put(octets, place.Start, place.End, Piece(octets, source.Pick(places))),
            2 => Twice(octets, place, source),
            3 => Without(octets, place),
            4 => Wrapped(octets, place, source),
            5 => Long(octets, place, source),
            6 => Put(octets, place.Start, place.End, Quoted(source.Pick(tokens))),
            _ => Renamed(octets, place, source.Pick(tokens)),
        };
    }

    private static byte[] Piece(byte[] octets, JsonPlace place) => octets[place.Start..place.End];

    private static byte[] Put(byte[] octets, int from, int to, byte[] value) =>
        [.. octets.AsSpan(0, from), .. value, .. octets.AsSpan(to)];

    /// <summary>A member or an item again, sometimes many times.</summary>
    private static byte[] Twice(byte[] octets, JsonPlace place, SeededSource source)
    {
        byte[] again = [(byte)',', .. octets.AsSpan(place.MemberStart, place.End - place.MemberStart)];
        var times = source.OneIn(6) ? source.Below(300) : 1;
        return Put(octets, place.End, place.End, [.. Enumerable.Repeat(again, times).SelectMany(piece => piece)]);
    }

    private static byte[] Without(byte[] octets, JsonPlace place)
    {
        var (from, to) = (place.MemberStart, place.End);
        if (to < octets.Length && octets[to] == ',')
            to++;
        else if (from > 0 && octets[from - 1] == ',')
            from--;
        return Put(octets, from, to, []);
    }

    private static byte[] Wrapped(byte[] octets, JsonPlace place, SeededSource source)
    {
        var depth = 1 + source.Skewed(40);
        var (head, tail) = source.OneIn(2) ? ("[", "]") : ("{\"a\":", "}");
        byte[] value =
        [
            .. Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(head, depth))),
            .. Piece(octets, place),
            .. Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(tail, depth))),
        ];
        return Put(octets, place.Start, place.End, value);
    }

    private static byte[] Long(byte[] octets, JsonPlace place, SeededSource source)
    {
        var letter = source.Pick((string[])["a", "é", "\\n", "0", "\\u0301", "😀"]);
        return Put(
            octets,
            place.Start,
            place.End,
            Quoted(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(letter, source.Skewed(3000)))))
        );
    }

    private static byte[] Renamed(byte[] octets, JsonPlace place, byte[] name) =>
        place.IsMember ? Put(octets, place.NameStart, place.Start, [.. Quoted(name), (byte)':']) : octets;

    private static byte[] Quoted(byte[] text) => [(byte)'"', .. text, (byte)'"'];
}
