namespace Comity.Post.HttpSignatures;

/// <summary>
/// Reads structured fields exactly as RFC 9651, section 4.2, says; a failure anywhere fails the whole field. The caller
/// bounds the length of the text, and every loop here moves forward by at least one character.
/// </summary>
internal ref struct FieldReader(ReadOnlySpan<char> text)
{
    private ReadOnlySpan<char> rest = text;

    public static FieldMap<FieldMember>? ReadDictionary(string text)
    {
        var reader = new FieldReader(text);
        return reader.TryDictionary(out var dictionary) ? dictionary : null;
    }

    public static IReadOnlyList<FieldMember>? ReadList(string text)
    {
        var reader = new FieldReader(text);
        return reader.TryList(out var list) ? list : null;
    }

    public static FieldItem? ReadItem(string text)
    {
        var reader = new FieldReader(text);
        reader.SkipSpaces();
        if (!reader.TryItem(out var item))
        {
            return null;
        }

        reader.SkipSpaces();
        return reader.rest.IsEmpty ? item : null;
    }

    private bool TryDictionary(out FieldMap<FieldMember> dictionary)
    {
        dictionary = [];
        SkipSpaces();
        while (!rest.IsEmpty)
        {
            if (!TryKey(out var key))
            {
                return false;
            }

            FieldMember? member;
            if (Accept('='))
            {
                if (!TryMember(out member))
                {
                    return false;
                }
            }
            else if (TryParameters(out var parameters))
            {
                member = new FieldItem(new BooleanItem(true), parameters);
            }
            else
            {
                return false;
            }

            dictionary.Add(key, member!);
            if (!TrySeparator())
            {
                return false;
            }
        }

        return true;
    }

    private bool TryList(out List<FieldMember> list)
    {
        list = [];
        SkipSpaces();
        while (!rest.IsEmpty)
        {
            if (!TryMember(out var member))
            {
                return false;
            }

            list.Add(member!);
            if (!TrySeparator())
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Between members: blanks, then the end or a comma that another member must follow.</summary>
    private bool TrySeparator()
    {
        SkipBlanks();
        if (rest.IsEmpty)
        {
            return true;
        }

        if (!Accept(','))
        {
            return false;
        }

        SkipBlanks();
        return !rest.IsEmpty;
    }

    private bool TryMember(out FieldMember? member)
    {
        member = null;
        if (!rest.IsEmpty && rest[0] == '(')
        {
            return TryInnerList(out member);
        }

        var read = TryItem(out var item);
        member = item;
        return read;
    }

    private bool TryInnerList(out FieldMember? list)
    {
        list = null;
        rest = rest[1..];
        var items = new List<FieldItem>();
        while (!rest.IsEmpty)
        {
            SkipSpaces();
            if (Accept(')'))
            {
                if (!TryParameters(out var parameters))
                {
                    return false;
                }

                list = new InnerList(items, parameters);
                return true;
            }

            if (!TryItem(out var item))
            {
                return false;
            }

            items.Add(item!);
            if (rest.IsEmpty || rest[0] is not (' ' or ')'))
            {
                return false;
            }
        }

        return false;
    }

    private bool TryItem(out FieldItem? item)
    {
        item = null;
        if (!BareItemReader.TryRead(ref rest, out var value) || !TryParameters(out var parameters))
        {
            return false;
        }

        item = new FieldItem(value!, parameters);
        return true;
    }

    private bool TryParameters(out FieldMap<BareItem> parameters)
    {
        parameters = [];
        while (Accept(';'))
        {
            SkipSpaces();
            if (!TryKey(out var key))
            {
                return false;
            }

            BareItem? value = new BooleanItem(true);
            if (Accept('=') && !BareItemReader.TryRead(ref rest, out value))
            {
                return false;
            }

            parameters.Add(key, value!);
        }

        return true;
    }

    private bool TryKey(out string key)
    {
        var length = 0;
        while (length < rest.Length && IsKeyCharacter(rest[length], first: length == 0))
        {
            length++;
        }

        key = rest[..length].ToString();
        rest = rest[length..];
        return length > 0;
    }

    internal static bool IsKeyCharacter(char c, bool first) =>
        char.IsAsciiLetterLower(c) || c == '*' || (!first && (char.IsAsciiDigit(c) || c is '_' or '-' or '.'));

    private bool Accept(char expected)
    {
        if (rest.IsEmpty || rest[0] != expected)
        {
            return false;
        }

        rest = rest[1..];
        return true;
    }

    private void SkipSpaces() => rest = rest.TrimStart(' ');

    private void SkipBlanks() => rest = rest.TrimStart(" \t");
}
