namespace Comity.Indicators.Csv;

/// <summary>What separates the cells of a file: the one that its first line with anything in it has most of.</summary>
internal static class Delimiter
{
    internal static string Of(string text)
    {
        int[] counts = [0, 0, 0];
        var isQuoted = false;
        foreach (var c in text.AsSpan().TrimStart("\r\n"))
        {
            isQuoted ^= c == '"';
            if (c is '\r' or '\n' && !isQuoted)
            {
                break;
            }

            var which = isQuoted ? -1 : ",;\t".IndexOf(c, StringComparison.Ordinal);
            if (which >= 0)
            {
                counts[which]++;
            }
        }

        return counts[2] > 0 && counts[2] >= counts.Max() ? "\t"
            : counts[1] > counts[0] ? ";"
            : ",";
    }
}
