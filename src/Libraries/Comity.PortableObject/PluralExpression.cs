namespace Comity.PortableObject;

/// <summary>
/// Compiles the C expression of a plural rule by recursive descent, lowest precedence first. Arithmetic is that of C's
/// <c>unsigned long</c>, as gettext has it. Null stands for "not such an expression".
/// </summary>
internal ref struct PluralExpression
{
    private const int MaxDepth = 24;
    private static readonly string[][] Levels =
    [
        ["||"],
        ["&&"],
        ["==", "!="],
        ["<=", ">=", "<", ">"],
        ["+", "-"],
        ["*", "/", "%"],
    ];

    private ReadOnlySpan<char> _rest;
    private int _depth;

    public static Func<ulong, ulong>? Compile(ReadOnlySpan<char> text)
    {
        var compiler = new PluralExpression { _rest = text };
        var result = compiler.Conditional();
        return compiler._rest.Trim().IsEmpty ? result : null;
    }

    private Func<ulong, ulong>? Conditional()
    {
        if (++_depth > MaxDepth)
        {
            return null;
        }

        var test = Binary(0);
        if (test is not null && Accept("?"))
        {
            var yes = Conditional();
            var no = yes is not null && Accept(":") ? Conditional() : null;
            var condition = test;
            test = yes is null || no is null ? null : n => condition(n) != 0 ? yes(n) : no(n);
        }

        _depth--;
        return test;
    }

    private Func<ulong, ulong>? Binary(int level)
    {
        if (level == Levels.Length)
        {
            return Unary();
        }

        var result = Binary(level + 1);
        while (result is not null && Operator(level) is { } sign)
        {
            var left = result;
            var right = Binary(level + 1);
            result = right is null ? null : Apply(sign, left, right);
        }

        return result;
    }

    private Func<ulong, ulong>? Unary()
    {
        if (Accept("!"))
        {
            if (++_depth > MaxDepth)
            {
                return null;
            }

            var operand = Unary();
            _depth--;
            return operand is null ? null : n => Truth(operand(n) == 0);
        }

        if (Accept("("))
        {
            var inner = Conditional();
            return inner is not null && Accept(")") ? inner : null;
        }

        return Accept("n") ? n => n : Number();
    }

    private Func<ulong, ulong>? Number()
    {
        var digits = _rest.IndexOfAnyExceptInRange('0', '9') is var end and >= 0 ? end : _rest.Length;
        if (digits is 0 or > 9)
        {
            return null;
        }

        var value = ulong.Parse(_rest[..digits], System.Globalization.CultureInfo.InvariantCulture);
        _rest = _rest[digits..];
        return _ => value;
    }

    private string? Operator(int level)
    {
        foreach (var sign in Levels[level])
        {
            if (Accept(sign))
            {
                return sign;
            }
        }

        return null;
    }

    private bool Accept(string token)
    {
        _rest = _rest.TrimStart(" \t");
        if (!_rest.StartsWith(token))
        {
            return false;
        }

        _rest = _rest[token.Length..];
        return true;
    }

    private static Func<ulong, ulong> Apply(string sign, Func<ulong, ulong> a, Func<ulong, ulong> b) =>
        sign switch
        {
            "||" => n => Truth(a(n) != 0 || b(n) != 0),
            "&&" => n => Truth(a(n) != 0 && b(n) != 0),
            "==" => n => Truth(a(n) == b(n)),
            "!=" => n => Truth(a(n) != b(n)),
            "<=" => n => Truth(a(n) <= b(n)),
            ">=" => n => Truth(a(n) >= b(n)),
            "<" => n => Truth(a(n) < b(n)),
            ">" => n => Truth(a(n) > b(n)),
            "+" => n => unchecked(a(n) + b(n)),
            "-" => n => unchecked(a(n) - b(n)),
            "*" => n => unchecked(a(n) * b(n)),
            "/" => n => a(n) / b(n),
            _ => n => a(n) % b(n),
        };

    private static ulong Truth(bool value) => value ? 1UL : 0UL;
}
