namespace Comity.Stix.Patterns;

/// <summary>
/// Recursive descent over the grammar of clause 9.9, as deep as <see cref="StixLimits.PatternDepth"/>. It keeps the
/// comparisons in a list and marks those that do not stand alone, which is all that rows need of the tree.
/// </summary>
internal sealed class PatternParser
{
    private readonly PatternLexer _lexer;
    private readonly ComparisonParser _comparisons;
    private readonly List<PatternComparison> _found = [];
    private PatternToken _token;
    private int _depth;

    internal PatternParser(PatternLexer lexer)
    {
        _lexer = lexer;
        _comparisons = new ComparisonParser(this);
        _token = lexer.Next();
    }

    /// <summary>Where the token stands that could not be taken.</summary>
    internal int Position => _token.Start;

    internal PatternToken Token => _token;

    internal List<PatternComparison>? Parse() => Sequence() && _token.Kind == TokenKind.End ? _found : null;

    internal void Advance() => _token = _lexer.Next();

    internal bool Take(string symbolOrWord)
    {
        if (!_token.Is(symbolOrWord))
        {
            return false;
        }

        Advance();
        return true;
    }

    internal string Written(int start, int end) => _lexer.Source[start..end];

    // observation (FOLLOWEDBY observation)*
    private bool Sequence() => Chain("FOLLOWEDBY", joins: true, Alternatives);

    private bool Alternatives() => Chain("OR", joins: false, Conjunction);

    private bool Conjunction() => Chain("AND", joins: true, Observation);

    private bool Observation()
    {
        var first = _found.Count;
        var taken = _token.Is("[") ? Enclosed("[", "]", Either) : Enclosed("(", ")", Sequence);
        if (!taken)
        {
            return false;
        }

        while (_token.Is("START") || _token.Is("WITHIN") || _token.Is("REPEATS"))
        {
            if (!Qualifier())
            {
                return false;
            }

            NotAlone(first);
        }

        return true;
    }

    private bool Qualifier()
    {
        if (Take("START"))
        {
            return TakeKind(TokenKind.Time) && Take("STOP") && TakeKind(TokenKind.Time);
        }

        return Take("WITHIN")
            ? TakeKind(TokenKind.Number) && Take("SECONDS")
            : Take("REPEATS") && TakeKind(TokenKind.Number) && Take("TIMES");
    }

    // inside [ ]: comparison AND comparison OR ...
    private bool Either() => Chain("OR", joins: false, Both);

    private bool Both() => Chain("AND", joins: true, Comparison);

    private bool Comparison()
    {
        if (_token.Is("("))
        {
            return Enclosed("(", ")", Either);
        }

        if (_comparisons.Read() is not { } comparison)
        {
            return false;
        }

        _found.Add(comparison);
        return true;
    }

    private bool Chain(string joint, bool joins, Func<bool> part)
    {
        var first = _found.Count;
        if (!part())
        {
            return false;
        }

        var several = false;
        while (Take(joint))
        {
            several = true;
            if (!part())
            {
                return false;
            }
        }

        if (several && joins)
        {
            NotAlone(first);
        }

        return true;
    }

    private bool Enclosed(string open, string close, Func<bool> inside)
    {
        if (!_token.Is(open) || ++_depth > StixLimits.PatternDepth)
        {
            return false;
        }

        Advance();
        var taken = inside() && Take(close);
        _depth--;
        return taken;
    }

    private bool TakeKind(TokenKind kind)
    {
        if (_token.Kind != kind)
        {
            return false;
        }

        Advance();
        return true;
    }

    private void NotAlone(int first)
    {
        for (var i = first; i < _found.Count; i++)
        {
            if (_found[i].Alone)
            {
                _found[i] = _found[i] with { Alone = false };
            }
        }
    }
}
