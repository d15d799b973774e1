namespace Comity.Stix.Names;

/// <summary>A name as it is looked for, and the object that carries it.</summary>
internal sealed record CarriedName(NameKind Kind, string Name, string CarrierId);

/// <summary>Where a name stands in a text.</summary>
internal readonly record struct NameHit(int Start, int Length, CarriedName Name);

/// <summary>
/// All names in one tree by their characters, so that a text is searched once for all of them. Letter case and the
/// width of blanks do not matter; names stand as whole words in scripts that put blanks between words.
/// </summary>
internal sealed class NameTree(long mostSteps)
{
    private readonly Dictionary<(int Node, char Next), int> _next = [];
    private readonly List<CarriedName?> _ends = [null];
    private int _characters;

    private long _steps;

    /// <summary>Whether more steps were asked for than allowed: then what <see cref="Find"/> gave is not all.</summary>
    internal bool IsExhausted => _steps > mostSteps;

    /// <summary>Adds a name; false when all names together have become too long.</summary>
    internal bool Add(string text, CarriedName name)
    {
        var words = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        if (words.Length == 0)
        {
            return true;
        }

        _characters += words.Length;
        if (_characters > StixLimits.NameCharacters)
        {
            return false;
        }

        var node = 0;
        foreach (var c in words)
        {
            var key = (node, char.ToUpperInvariant(c));
            if (!_next.TryGetValue(key, out var below))
            {
                below = _ends.Count;
                _ends.Add(null);
                _next.Add(key, below);
            }

            node = below;
        }

        _ends[node] ??= name;
        return true;
    }

    /// <summary>The names in a text from left to right, the longest first, not overlapping.</summary>
    internal List<NameHit> Find(string text)
    {
        List<NameHit> hits = [];
        if (_next.Count == 0)
        {
            return hits;
        }

        for (var start = 0; start < text.Length && !IsExhausted; start++)
        {
            _steps++;
            if (!_next.ContainsKey((0, char.ToUpperInvariant(text[start]))) || !IsEdge(text, start - 1, start))
            {
                continue;
            }

            if (Longest(text, start) is { } hit)
            {
                hits.Add(hit);
                start += hit.Length - 1;
            }
        }

        return hits;
    }

    private NameHit? Longest(string text, int start)
    {
        NameHit? longest = null;
        var node = 0;
        for (var at = start; at < text.Length; at++)
        {
            _steps++;
            var blank = char.IsWhiteSpace(text[at]);
            if (blank && at > start && char.IsWhiteSpace(text[at - 1]))
            {
                continue;
            }

            if (!_next.TryGetValue((node, blank ? ' ' : char.ToUpperInvariant(text[at])), out node))
            {
                break;
            }

            if (_ends[node] is { } name && IsEdge(text, at, at + 1))
            {
                longest = new NameHit(start, at + 1 - start, name);
            }
        }

        return longest;
    }

    private static bool IsEdge(string text, int left, int right) =>
        left < 0 || right >= text.Length || !IsInWord(text[left]) || !IsInWord(text[right]);

    // Latin, Greek, Cyrillic and Armenian put blanks between words. Elsewhere a name may stand inside a run of letters
    // (Chinese), or with a prefix (Arabic): there every occurrence counts, for a name too many is better than one missed.
    private static bool IsInWord(char c) => char.IsLetterOrDigit(c) && c is < '\u0590' or (>= '\u1E00' and < '\u2000');
}
