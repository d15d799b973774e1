namespace Comity.Stix.Patterns;

/// <summary>Reads one comparison: an object path, an operator and what is compared with.</summary>
internal sealed class ComparisonParser(PatternParser parser)
{
    private static readonly Dictionary<string, PatternOperator> Operators = new(StringComparer.Ordinal)
    {
        ["="] = PatternOperator.Equal,
        ["=="] = PatternOperator.Equal,
        ["!="] = PatternOperator.NotEqual,
        ["<>"] = PatternOperator.NotEqual,
        ["<"] = PatternOperator.Less,
        ["<="] = PatternOperator.LessOrEqual,
        [">"] = PatternOperator.Greater,
        [">="] = PatternOperator.GreaterOrEqual,
        ["IN"] = PatternOperator.In,
        ["LIKE"] = PatternOperator.Like,
        ["MATCHES"] = PatternOperator.Matches,
        ["ISSUBSET"] = PatternOperator.IsSubset,
        ["ISSUPERSET"] = PatternOperator.IsSuperset,
    };

    private int _end;

    internal PatternComparison? Read()
    {
        var start = parser.Token.Start;
        var negated = parser.Take("NOT");
        if (parser.Take("EXISTS"))
        {
            return Path() is { } there ? Of(there, PatternOperator.Exists, negated, [], start) : null;
        }

        if (negated || Path() is not { } path)
        {
            return null;
        }

        negated = parser.Take("NOT");
        var token = parser.Token;
        if (
            token.Kind is not (TokenKind.Symbol or TokenKind.Word)
            || !Operators.TryGetValue(token.Value, out var comparing)
        )
        {
            return null;
        }

        parser.Advance();
        var values = comparing switch
        {
            PatternOperator.In => Set(),
            PatternOperator.Like or PatternOperator.Matches or PatternOperator.IsSubset or PatternOperator.IsSuperset =>
                Single(parser.Token.Kind == TokenKind.Text),
            _ => Single(true),
        };
        return values is null ? null : Of(path, comparing, negated, values, start);
    }

    private PatternComparison Of(
        List<string> path,
        PatternOperator comparing,
        bool negated,
        IReadOnlyList<string> values,
        int start
    ) => new(path[0], path[1..], comparing, negated, values, parser.Written(start, _end), Alone: true);

    private List<string>? Path()
    {
        if (parser.Token.Kind != TokenKind.Word)
        {
            return null;
        }

        List<string> steps = [Step()];
        if (!parser.Take(":") || !TakeName(steps))
        {
            return null;
        }

        while (parser.Token.Is(".") || parser.Token.Is("["))
        {
            if (!(parser.Take(".") ? TakeName(steps) : TakeIndex(steps)))
            {
                return null;
            }
        }

        return steps;
    }

    private bool TakeName(List<string> steps)
    {
        var token = parser.Token;
        // A bare step has no hyphen: file:hashes.SHA-256 is not in the grammar, file:hashes.'SHA-256' is.
        if (
            token.Kind != TokenKind.Text
            && (token.Kind != TokenKind.Word || token.Value.Contains('-', StringComparison.Ordinal))
        )
        {
            return false;
        }

        steps.Add(Step());
        return true;
    }

    private bool TakeIndex(List<string> steps)
    {
        parser.Advance();
        var token = parser.Token;
        if (!token.Is("*") && (token.Kind != TokenKind.Number || token.Value.Contains('.', StringComparison.Ordinal)))
        {
            return false;
        }

        steps.Add("[" + token.Value + "]");
        parser.Advance();
        _end = parser.Token.End;
        return parser.Take("]");
    }

    private string Step()
    {
        var token = parser.Token;
        _end = token.End;
        parser.Advance();
        return token.Value;
    }

    private List<string>? Single(bool allowed) => allowed && IsLiteral(parser.Token) ? [Step()] : null;

    private List<string>? Set()
    {
        if (!parser.Take("("))
        {
            return null;
        }

        List<string> values = [];
        do
        {
            if (!IsLiteral(parser.Token))
            {
                return null;
            }

            values.Add(Step());
        } while (parser.Take(","));

        _end = parser.Token.End;
        return parser.Take(")") ? values : null;
    }

    private static bool IsLiteral(PatternToken token) =>
        token.Kind is TokenKind.Text or TokenKind.Number or TokenKind.Time or TokenKind.Binary
        || token.Is("true")
        || token.Is("false");
}
