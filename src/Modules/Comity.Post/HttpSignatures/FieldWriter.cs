using System.Globalization;
using System.Text;

namespace Comity.Post.HttpSignatures;

/// <summary>
/// Writes structured fields exactly as RFC 9651, section 4.1, says. What cannot be written is a fault of the caller.
/// </summary>
internal static class FieldWriter
{
    public static string Dictionary(FieldMap<FieldMember> dictionary)
    {
        var text = new StringBuilder();
        foreach (var (key, member) in dictionary)
        {
            text.Append(text.Length == 0 ? "" : ", ").Append(Key(key));
            if (member is FieldItem { Value: BooleanItem { Value: true } } flag)
            {
                Append(text, flag.Parameters);
            }
            else
            {
                text.Append('=').Append(Member(member));
            }
        }

        return text.ToString();
    }

    public static string List(IEnumerable<FieldMember> members) => string.Join(", ", members.Select(Member));

    public static string Member(FieldMember member)
    {
        var text = new StringBuilder();
        switch (member)
        {
            case FieldItem item:
                Append(text, item.Value);
                break;
            case InnerList list:
                text.Append('(').AppendJoin(' ', list.Items.Select(Member)).Append(')');
                break;
            default:
                throw new ArgumentException("A member is an item or an inner list.", nameof(member));
        }

        Append(text, member.Parameters);
        return text.ToString();
    }

    private static void Append(StringBuilder text, FieldMap<BareItem> parameters)
    {
        foreach (var (key, value) in parameters)
        {
            text.Append(';').Append(Key(key));
            if (value is not BooleanItem { Value: true })
            {
                text.Append('=');
                Append(text, value);
            }
        }
    }

    private static void Append(StringBuilder text, BareItem item)
    {
        _ = item switch
        {
            IntegerItem integer => text.Append(Integer(integer.Value)),
            DecimalItem number => text.Append(Decimal(number.Value)),
            StringItem words => text.Append('"').Append(Escaped(words.Value)).Append('"'),
            TokenItem token => text.Append(Token(token.Value)),
            BytesItem bytes => text.Append(':').Append(Convert.ToBase64String(bytes.Value.Span)).Append(':'),
            BooleanItem boolean => text.Append(boolean.Value ? "?1" : "?0"),
            DateItem date => text.Append('@').Append(Integer(date.Seconds)),
            DisplayStringItem display => AppendDisplay(text, display.Value),
            _ => throw new ArgumentException("There is no such bare item.", nameof(item)),
        };
    }

    private static string Key(string key)
    {
        var first = true;
        foreach (var c in key)
        {
            Require(FieldReader.IsKeyCharacter(c, first), "a key");
            first = false;
        }

        Require(!first, "a key");
        return key;
    }

    private static string Integer(long value)
    {
        Require(value is >= -999_999_999_999_999 and <= 999_999_999_999_999, "an integer");
        return value.ToString(CultureInfo.InvariantCulture);
    }

    private static string Decimal(decimal value)
    {
        var rounded = Math.Round(value, 3, MidpointRounding.ToEven);
        Require(Math.Abs(Math.Truncate(rounded)) <= 999_999_999_999, "a decimal");
        return rounded.ToString("0.0##", CultureInfo.InvariantCulture);
    }

    private static string Escaped(string value)
    {
        Require(!value.AsSpan().ContainsAnyExceptInRange(' ', '~'), "a string");
        return value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
    }

    private static string Token(string value)
    {
        Require(value.Length > 0 && (char.IsAsciiLetter(value[0]) || value[0] == '*'), "a token");
        Require(value.All(BareItemReader.IsTokenCharacter), "a token");
        return value;
    }

    private static StringBuilder AppendDisplay(StringBuilder text, string value)
    {
        text.Append("%\"");
        foreach (var octet in Encoding.UTF8.GetBytes(value))
        {
            _ = octet is (byte)'%' or (byte)'"' or < 0x20 or > 0x7e
                ? text.Append('%').Append(octet.ToString("x2", CultureInfo.InvariantCulture))
                : text.Append((char)octet);
        }

        return text.Append('"');
    }

    private static void Require(bool holds, string what)
    {
        if (!holds)
        {
            throw new ArgumentException($"This cannot be written as {what} of a structured field.", nameof(what));
        }
    }
}
