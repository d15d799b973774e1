using System.Text;
using System.Text.RegularExpressions;

namespace Comity.Eng;

/// <summary>A text of the program that people read, as it stands in the source: English, and the key of its translations.</summary>
internal sealed record Wording(string File, int Line, string? Context, string Id, string? Plural)
{
    public (string? Context, string Id) Key => (Context, Id);

    public override string ToString() => Context is null ? $"\"{Id}\"" : $"\"{Id}\" ({Context})";
}

/// <summary>
/// Finds the texts in the sources: <c>T("…")</c>, <c>TC("context", "…")</c>, <c>N("one", "many", n)</c>, the text of a
/// <c>Problem</c>, the label of a <c>Place</c>, an <c>ErrorMessage</c>, and any literal behind the mark <c>/* T */</c>.
/// </summary>
internal static partial class Harvest
{
    // A text may be written in pieces: "first " + "second".
    private const string Piece = """(?:"(?:[^"\\\n]|\\.)*")""";
    private const string Text = $"""{Piece}(?:\s*\+\s*{Piece})*""";
    private const string Code = $"""{Piece}\s*,\s*""";

    [GeneratedRegex(
        $$"""
            (?<![\w"])T\(\s*(?<id>{{Text}})
            |(?<![\w"])TC\(\s*(?<context>{{Text}})\s*,\s*(?<id>{{Text}})
            |(?<![\w"])N\(\s*(?<id>{{Text}})\s*,\s*(?<plural>{{Text}})\s*,
            |\bProblem\s*\.\s*[A-Z]\w+\(\s*{{Code}}(?<id>{{Text}})
            |\(\s*ProblemKind\.\w+\s*,\s*{{Code}}(?<id>{{Text}})
            |\bnew\s+Place\(\s*(?<id>{{Text}})
            |\bErrorMessage\s*=\s*(?<id>{{Text}})
            |/\*\s*T\s*\*/\s*(?<id>{{Text}})
            """,
        RegexOptions.ExplicitCapture | RegexOptions.IgnorePatternWhitespace,
        matchTimeoutMilliseconds: 5000
    )]
    private static partial Regex Call();

    [GeneratedRegex(Piece, RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Literal();

    /// <summary>Every text in these projects, in the order of the files.</summary>
    public static IReadOnlyList<Wording> Of(Repository repository, params IEnumerable<string> projects) =>
        [
            .. projects
                .SelectMany(p => repository.Files(p, ".cs", ".razor"))
                .SelectMany(f => In(repository.Name(f), File.ReadAllText(f))),
        ];

    public static IEnumerable<Wording> In(string name, string source)
    {
        foreach (Match call in Call().Matches(source))
        {
            // A documentation comment shows how to call, and calls nothing.
            var begin = source.LastIndexOf('\n', Math.Max(0, call.Index - 1)) + 1;
            if (source.AsSpan(begin).TrimStart().StartsWith("//"))
            {
                continue;
            }

            var line = source.AsSpan(0, call.Index).Count('\n') + 1;
            yield return new Wording(name, line, Value(call, "context"), Value(call, "id")!, Value(call, "plural"));
        }
    }

    private static string? Value(Match call, string group) =>
        call.Groups[group] is { Success: true } found
            ? string.Concat(Literal().Matches(found.Value).Select(p => Unescape(p.ValueSpan[1..^1])))
            : null;

    private static string Unescape(ReadOnlySpan<char> literal)
    {
        var text = new StringBuilder(literal.Length);
        for (var i = 0; i < literal.Length; i++)
        {
            if (literal[i] != '\\')
            {
                text.Append(literal[i]);
                continue;
            }

            i++;
            if (literal[i] == 'u' && i + 4 < literal.Length)
            {
                text.Append((char)Convert.ToUInt16(literal.Slice(i + 1, 4).ToString(), 16));
                i += 4;
                continue;
            }

            text.Append(
                literal[i] switch
                {
                    'n' => '\n',
                    't' => '\t',
                    var same => same,
                }
            );
        }

        return text.ToString();
    }
}
