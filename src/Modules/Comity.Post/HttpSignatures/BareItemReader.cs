using System.Globalization;
using System.Text;

namespace Comity.Post.HttpSignatures;

/// <summary>The bare items of RFC 9651, sections 4.2.3.1 to 4.2.10.</summary>
internal static class BareItemReader
{
    public static bool TryRead(ref ReadOnlySpan<char> rest, out BareItem? item)
    {
        item = null;
        if (rest.IsEmpty)
        {
            return false;
        }

        item = rest[0] switch
        {
            '-' or (>= '0' and <= '9') => Number(ref rest),
            '"' => Text(ref rest),
            ':' => Bytes(ref rest),
            '?' => Boolean(ref rest),
            '@' => Date(ref rest),
            '%' => DisplayStringReader.Read(ref rest),
            var c when char.IsAsciiLetter(c) || c == '*' => Token(ref rest),
            _ => null,
        };
        return item is not null;
    }

    private static BareItem? Number(ref ReadOnlySpan<char> rest)
    {
        var negative = rest[0] == '-';
        var digits = negative ? rest[1..] : rest;
        var whole = CountDigits(digits);
        if (whole is 0 or > 15)
        {
            return null;
        }

        if (whole == digits.Length || digits[whole] != '.')
        {
            var value = long.Parse(digits[..whole], NumberStyles.None, CultureInfo.InvariantCulture);
            rest = digits[whole..];
            return new IntegerItem(negative ? -value : value);
        }

        var fraction = CountDigits(digits[(whole + 1)..]);
        if (whole > 12 || fraction is 0 or > 3)
        {
            return null;
        }

        var length = whole + 1 + fraction;
        var number = decimal.Parse(digits[..length], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
        rest = digits[length..];
        return new DecimalItem(negative ? -number : number);
    }

    private static int CountDigits(ReadOnlySpan<char> text)
    {
        var end = text.IndexOfAnyExceptInRange('0', '9');
        return end < 0 ? text.Length : end;
    }

    private static StringItem? Text(ref ReadOnlySpan<char> rest)
    {
        var value = new StringBuilder();
        for (var at = 1; at < rest.Length; at++)
        {
            var c = rest[at];
            if (c == '"')
            {
                rest = rest[(at + 1)..];
                return new StringItem(value.ToString());
            }

            if (c == '\\')
            {
                at++;
                if (at == rest.Length || rest[at] is not ('"' or '\\'))
                {
                    return null;
                }

                c = rest[at];
            }
            else if (c is < ' ' or > '~')
            {
                return null;
            }

            value.Append(c);
        }

        return null;
    }

    private static TokenItem Token(ref ReadOnlySpan<char> rest)
    {
        var length = 1;
        while (length < rest.Length && IsTokenCharacter(rest[length]))
        {
            length++;
        }

        var token = new TokenItem(rest[..length].ToString());
        rest = rest[length..];
        return token;
    }

    internal static bool IsTokenCharacter(char c) =>
        char.IsAsciiLetterOrDigit(c)
        || c is '!' or '#' or '$' or '%' or '&' or '\'' or '*' or '+' or '-' or '.' or '^' or '_' or '`' or '|' or '~'
        || c is ':' or '/';

    private static BytesItem? Bytes(ref ReadOnlySpan<char> rest)
    {
        var end = rest[1..].IndexOf(':');
        if (end < 0)
        {
            return null;
        }

        var encoded = rest.Slice(1, end);
        if (encoded.ContainsAnyExcept(Base64Characters))
        {
            return null;
        }

        // Section 4.2.7: padding may be missing, so it is supplied before decoding.
        var padded = encoded.TrimEnd('=').ToString();
        padded = padded.PadRight((padded.Length + 3) / 4 * 4, '=');
        var decoded = new byte[padded.Length / 4 * 3];
        if (!Convert.TryFromBase64String(padded, decoded, out var written))
        {
            return null;
        }

        rest = rest[(end + 2)..];
        return new BytesItem(decoded.AsMemory(0, written));
    }

    private static readonly System.Buffers.SearchValues<char> Base64Characters = System.Buffers.SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/="
    );

    private static BooleanItem? Boolean(ref ReadOnlySpan<char> rest)
    {
        if (rest.Length < 2 || rest[1] is not ('0' or '1'))
        {
            return null;
        }

        var value = rest[1] == '1';
        rest = rest[2..];
        return new BooleanItem(value);
    }

    private static DateItem? Date(ref ReadOnlySpan<char> rest)
    {
        rest = rest[1..];
        return
            !rest.IsEmpty && (rest[0] == '-' || char.IsAsciiDigit(rest[0])) && Number(ref rest) is IntegerItem seconds
            ? new DateItem(seconds.Value)
            : null;
    }
}
