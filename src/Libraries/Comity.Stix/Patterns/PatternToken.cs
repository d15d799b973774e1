namespace Comity.Stix.Patterns;

internal enum TokenKind
{
    End,
    Unknown,
    Word,
    Text,
    Number,
    Time,
    Binary,
    Symbol,
}

/// <summary>One token: where it stands, and its value unquoted.</summary>
internal readonly record struct PatternToken(TokenKind Kind, string Value, int Start, int End)
{
    internal bool Is(string symbolOrWord) =>
        Kind is TokenKind.Symbol or TokenKind.Word && string.Equals(Value, symbolOrWord, StringComparison.Ordinal);
}
