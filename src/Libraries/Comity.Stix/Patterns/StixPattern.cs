namespace Comity.Stix.Patterns;

/// <summary>How a comparison compares (STIX 2.1 clause 9.6).</summary>
public enum PatternOperator
{
    /// <summary>= or ==</summary>
    Equal,

    /// <summary>!= or &lt;&gt;</summary>
    NotEqual,

    /// <summary>&lt;</summary>
    Less,

    /// <summary>&lt;=</summary>
    LessOrEqual,

    /// <summary>&gt;</summary>
    Greater,

    /// <summary>&gt;=</summary>
    GreaterOrEqual,

    /// <summary>IN, one of a set.</summary>
    In,

    /// <summary>LIKE, a template with % and _.</summary>
    Like,

    /// <summary>MATCHES, a regular expression.</summary>
    Matches,

    /// <summary>ISSUBSET, inside a network.</summary>
    IsSubset,

    /// <summary>ISSUPERSET, around a network.</summary>
    IsSuperset,

    /// <summary>EXISTS, the path is there at all.</summary>
    Exists,
}

/// <summary>One comparison inside a pattern.</summary>
/// <param name="ObjectType">The observable's type, such as "file".</param>
/// <param name="Steps">The steps of the path below it, unquoted, such as "hashes", "SHA-256"; a list index as "[0]" or "[*]".</param>
/// <param name="Operator">How it compares.</param>
/// <param name="Negated">Whether NOT stands before the operator.</param>
/// <param name="Values">The values compared with, as text: several for IN, none for EXISTS.</param>
/// <param name="Text">The comparison as written.</param>
/// <param name="Alone">Whether it alone makes the pattern true, unqualified.</param>
public sealed record PatternComparison(
    string ObjectType,
    IReadOnlyList<string> Steps,
    PatternOperator Operator,
    bool Negated,
    IReadOnlyList<string> Values,
    string Text,
    bool Alone
)
{
    /// <summary>The path in STIX's notation without quotes, such as "file:hashes.SHA-256".</summary>
    public string Path =>
        ObjectType + ":" + string.Concat(Steps.Select((s, i) => i == 0 || s.StartsWith('[') ? s : "." + s));
}

/// <summary>A pattern in STIX patterning (STIX 2.1 clause 9), taken apart into its comparisons.</summary>
/// <param name="Text">The pattern as written.</param>
/// <param name="Comparisons">Its comparisons in their order.</param>
public sealed record StixPattern(string Text, IReadOnlyList<PatternComparison> Comparisons)
{
    /// <summary>Parses a pattern. Never throws for a pattern of any content.</summary>
    /// <param name="pattern">The pattern.</param>
    /// <returns>The pattern, or the index of the character at which it stops following the grammar.</returns>
    public static PatternReading Read(string pattern)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        if (pattern.Length > StixLimits.PatternLength)
        {
            return new PatternReading(null, StixLimits.PatternLength);
        }

        var parser = new PatternParser(new PatternLexer(pattern));
        return parser.Parse() is { } comparisons
            ? new PatternReading(new StixPattern(pattern, comparisons), null)
            : new PatternReading(null, parser.Position);
    }
}

/// <summary>The outcome of parsing a pattern.</summary>
/// <param name="Pattern">The pattern, when it follows the grammar.</param>
/// <param name="StoppedAt">Otherwise the index of the character where reading stopped.</param>
public sealed record PatternReading(StixPattern? Pattern, int? StoppedAt);
