using System.Text;

namespace Comity.Stix.Patterns;

/// <summary>Cuts a pattern into tokens by the lexical rules of STIX patterning, one pass, no going back.</summary>
internal sealed class PatternLexer(string text)
{
    private static readonly string[] Symbols =
    [
        "==",
        "!=",
        "<>",
        "<=",
        ">=",
        "=",
        "<",
        ">",
        "[",
        "]",
        "(",
        ")",
        ".",
        ":",
        ",",
        "*",
    ];

    private int _at;

    internal string Source => text;

    internal PatternToken Next()
    {
        if (!SkipBlanksAndComments())
        {
            return new PatternToken(TokenKind.Unknown, "", _at, _at);
        }

        if (_at >= text.Length)
        {
            return new PatternToken(TokenKind.End, "", _at, _at);
        }

        var c = text[_at];
        if (c == '\'')
        {
            return Quoted(TokenKind.Text, _at);
        }

        if (c is 't' or 'b' or 'h' && _at + 1 < text.Length && text[_at + 1] == '\'')
        {
            var start = _at++;
            return Quoted(c == 't' ? TokenKind.Time : TokenKind.Binary, start);
        }

        if (char.IsAsciiLetter(c) || c == '_')
        {
            return Taken(TokenKind.Word, i => char.IsAsciiLetterOrDigit(text[i]) || text[i] is '_' or '-');
        }

        if (char.IsAsciiDigit(c) || (c is '+' or '-' && _at + 1 < text.Length && char.IsAsciiDigit(text[_at + 1])))
        {
            return Taken(
                TokenKind.Number,
                i =>
                    char.IsAsciiDigit(text[i])
                    || (text[i] == '.' && i + 1 < text.Length && char.IsAsciiDigit(text[i + 1]))
            );
        }

        foreach (var symbol in Symbols)
        {
            if (string.CompareOrdinal(text, _at, symbol, 0, symbol.Length) == 0)
            {
                _at += symbol.Length;
                return new PatternToken(TokenKind.Symbol, symbol, _at - symbol.Length, _at);
            }
        }

        return new PatternToken(TokenKind.Unknown, "", _at, _at);
    }

    private PatternToken Taken(TokenKind kind, Func<int, bool> belongs)
    {
        var start = _at++;
        while (_at < text.Length && belongs(_at))
        {
            _at++;
        }

        return new PatternToken(kind, text[start.._at], start, _at);
    }

    private PatternToken Quoted(TokenKind kind, int start)
    {
        var value = new StringBuilder();
        for (_at++; _at < text.Length; _at++)
        {
            switch (text[_at])
            {
                case '\'':
                    _at++;
                    return new PatternToken(kind, value.ToString(), start, _at);
                case '\\' when _at + 1 < text.Length && text[_at + 1] is '\'' or '\\':
                    value.Append(text[++_at]);
                    break;
                case '\\':
                    // The grammar knows two escapes only; a lone backslash makes the meaning uncertain.
                    return new PatternToken(TokenKind.Unknown, "", _at, _at);
                default:
                    value.Append(text[_at]);
                    break;
            }
        }

        return new PatternToken(TokenKind.Unknown, "", start, _at);
    }

    private bool SkipBlanksAndComments()
    {
        while (_at < text.Length)
        {
            if (char.IsWhiteSpace(text[_at]))
            {
                _at++;
            }
            else if (string.CompareOrdinal(text, _at, "/*", 0, 2) == 0)
            {
                var end = text.IndexOf("*/", _at + 2, StringComparison.Ordinal);
                if (end < 0)
                {
                    return false;
                }

                _at = end + 2;
            }
            else if (string.CompareOrdinal(text, _at, "//", 0, 2) == 0)
            {
                var end = text.IndexOf('\n', _at);
                _at = end < 0 ? text.Length : end + 1;
            }
            else
            {
                return true;
            }
        }

        return true;
    }
}
