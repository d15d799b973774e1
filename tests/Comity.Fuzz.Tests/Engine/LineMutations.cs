namespace Comity.Fuzz.Tests.Engine;

/// <summary>Changes of mail and header fields: whole lines come, go, and are flooded.</summary>
internal static class LineMutations
{
    public static byte[]? Apply(byte[] octets, IReadOnlyList<byte[]> tokens, SeededSource source)
    {
        var lines = Split(octets);
        if (lines.Count < 3)
            return null;
        var at = source.Below(lines.Count);
        switch (source.Below(6))
        {
            case 0:
                lines.RemoveAt(at);
                break;
            case 1:
                lines.Insert(at, lines[source.Below(lines.Count)]);
                break;
            case 2:
                var other = source.Below(lines.Count);
                (lines[at], lines[other]) = (lines[other], lines[at]);
                break;
            case 3:
                lines.InsertRange(at, Enumerable.Repeat(lines[at], source.Skewed(150)));
                break;
            case 4:
                lines.Insert(at, [.. source.Pick(tokens), .. "\r\n"u8]);
                break;
            default:
                lines[at] = [.. lines[at].AsSpan().TrimEnd("\r\n"u8), .. source.Pick(tokens), .. "\r\n"u8];
                break;
        }

        return [.. lines.SelectMany(line => line)];
    }

    private static List<byte[]> Split(ReadOnlySpan<byte> octets)
    {
        var lines = new List<byte[]>();
        while (!octets.IsEmpty)
        {
            var end = octets.IndexOf((byte)'\n') + 1;
            var length = end == 0 ? octets.Length : end;
            lines.Add(octets[..length].ToArray());
            octets = octets[length..];
        }

        return lines;
    }
}
