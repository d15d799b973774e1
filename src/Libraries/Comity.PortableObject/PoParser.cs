using System.Globalization;
using System.Text;
using static System.FormattableString;

namespace Comity.PortableObject;

/// <summary>Line by line reader of one PO file; one instance reads one file.</summary>
internal sealed class PoParser(PoLimits limits)
{
    private readonly List<PoEntry> _entries = [];
    private readonly HashSet<(string?, string)> _seen = [];
    private Dictionary<string, string>? _header;
    private PluralRule? _rule;
    private Draft _draft = new();
    private int _line;

    public PoFile Parse(string text)
    {
        if (text.StartsWith('\uFEFF'))
        {
            throw Fault(1, PoFault.NotUtf8, "a PO file must not begin with a byte order mark");
        }

        foreach (var raw in text.AsSpan().EnumerateLines())
        {
            _line++;
            Take(raw.Trim(" \t"));
        }

        Finish();
        return _header is null
            ? throw Fault(1, PoFault.BadHeader, "the file has no header entry")
            : new PoFile(_header, _rule, _entries);
    }

    private void Take(ReadOnlySpan<char> line)
    {
        if (line.IsEmpty)
        {
            Finish();
        }
        else if (line[0] == '#')
        {
            // A comment after a complete entry begins the next one, with or without a blank line between.
            if (_draft.HasTranslation)
            {
                Finish();
            }

            Comment(line);
        }
        else if (line[0] == '"')
        {
            var target = _draft.Open ?? throw Fault(_line, PoFault.Syntax, "a string without a keyword before it");
            AppendString(target, line);
        }
        else
        {
            Keyword(line);
        }
    }

    private void Comment(ReadOnlySpan<char> line)
    {
        if (_draft.Started)
        {
            throw Fault(_line, PoFault.Syntax, "a comment inside an entry");
        }

        var mark = line.Length > 1 ? line[1] : ' ';
        var rest = line.Length > 2 ? line[2..].Trim() : [];
        switch (mark)
        {
            case '~' or '|':
                break;
            case ',':
                foreach (var flag in rest.Split(','))
                {
                    _draft.Flags.Add(rest[flag].Trim().ToString());
                }

                break;
            case ':':
                _draft.References.Add(rest.ToString());
                break;
            case '.':
                _draft.Comments.Add(rest.ToString());
                break;
            default:
                _draft.Comments.Add(line[1..].Trim().ToString());
                break;
        }
    }

    private void Keyword(ReadOnlySpan<char> line)
    {
        var end = line.IndexOfAny(" \t\"");
        if (end < 0)
        {
            throw Fault(_line, PoFault.Syntax, "a line that is neither comment, keyword nor string");
        }

        var word = line[..end];
        if (_draft.HasTranslation && word is "msgctxt" or "msgid")
        {
            Finish();
        }

        var target = word switch
        {
            "msgctxt" when !_draft.Started => _draft.Context = new(),
            "msgid" when _draft.Id is null => _draft.BeginId(_line),
            "msgid_plural" when _draft is { Id: not null, PluralId: null, HasTranslation: false } => _draft.PluralId =
                new(),
            "msgstr" when _draft is { Id: not null, PluralId: null, HasTranslation: false } => _draft.BeginForm(),
            _ when word.StartsWith("msgstr[") => Form(word),
            _ => throw Fault(_line, PoFault.Syntax, $"'{Short(word)}' is not expected here"),
        };
        _draft.Open = target;
        AppendString(target, line[end..].TrimStart(" \t"));
    }

    private StringBuilder Form(ReadOnlySpan<char> word)
    {
        if (
            _draft is not { Id: not null, PluralId: not null }
            || word[^1] != ']'
            || !int.TryParse(word[7..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var index)
        )
        {
            throw Fault(_line, PoFault.Syntax, $"'{Short(word)}' is not expected here");
        }

        return index == _draft.Forms.Count
            ? _draft.BeginForm()
            : throw Fault(_line, PoFault.WrongNumberOfForms, Invariant($"msgstr[{_draft.Forms.Count}] was expected"));
    }

    private void AppendString(StringBuilder target, ReadOnlySpan<char> quoted)
    {
        if (quoted.Length < 2 || quoted[0] != '"' || quoted[^1] != '"')
        {
            throw Fault(_line, PoFault.BadString, "a string must begin and end with a quotation mark on its line");
        }

        var body = quoted[1..^1];
        for (var i = 0; i < body.Length; i++)
        {
            var c = body[i];
            if (c == '"')
            {
                throw Fault(_line, PoFault.BadString, "a quotation mark inside a string needs a backslash");
            }

            if (c == '\\')
            {
                c =
                    ++i < body.Length
                        ? Unescape(body[i])
                        : throw Fault(_line, PoFault.BadString, "the string has no end");
            }

            target.Append(c);
        }

        if (target.Length > limits.StringLength)
        {
            throw Fault(
                _line,
                PoFault.TooLarge,
                Invariant($"a string is longer than {limits.StringLength} characters")
            );
        }
    }

    private char Unescape(char c) =>
        c switch
        {
            'n' => '\n',
            't' => '\t',
            'r' => '\r',
            '"' or '\\' => c,
            _ => throw Fault(_line, PoFault.BadString, "an escape other than \\n \\t \\r \\\" \\\\"),
        };

    private void Finish()
    {
        if (_draft.Started && !_draft.HasTranslation)
        {
            throw Fault(_line, PoFault.Syntax, "an entry without msgstr");
        }

        if (_draft.Started)
        {
            Accept(_draft.ToEntry());
        }

        // Comments before a blank line belong to the file (or to an obsolete entry), not to the next entry.
        _draft = new Draft();
    }

    private void Accept(PoEntry entry)
    {
        if (_header is null)
        {
            if (entry is not { Id: "", Context: null, PluralId: null })
            {
                throw Fault(entry.Line, PoFault.BadHeader, "the first entry must be the header, with an empty msgid");
            }

            (_header, _rule) = PoHeader.Read(entry);
            return;
        }

        if (entry.Id.Length == 0)
        {
            throw Fault(entry.Line, PoFault.BadHeader, "an empty msgid after the header");
        }

        if (!_seen.Add((entry.Context, entry.Id)))
        {
            throw Fault(entry.Line, PoFault.Duplicate, $"this msgid occurred before: \"{Short(entry.Id)}\"");
        }

        if (entry.PluralId is not null)
        {
            CheckForms(entry);
        }

        _entries.Add(entry);
        if (_entries.Count > limits.Entries)
        {
            throw Fault(entry.Line, PoFault.TooLarge, Invariant($"more than {limits.Entries} entries"));
        }
    }

    private void CheckForms(PoEntry entry)
    {
        if (_rule is null)
        {
            throw Fault(entry.Line, PoFault.BadPluralForms, "a plural entry needs Plural-Forms in the header");
        }

        if (entry.Translations.Count != _rule.Forms)
        {
            var message = Invariant($"{entry.Translations.Count} forms where Plural-Forms announces {_rule.Forms}");
            throw Fault(entry.Line, PoFault.WrongNumberOfForms, message);
        }
    }

    private static string Short(ReadOnlySpan<char> text) => text[..Math.Min(text.Length, 60)].ToString();

    private static PoFaultException Fault(int line, PoFault fault, string message) => new(new(line, fault, message));
}
