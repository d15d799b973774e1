using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Comity.PortableObject;

/// <summary>
/// The rule by which a language chooses the form of a word for a number, as written in the header field
/// <c>Plural-Forms: nplurals=N; plural=EXPRESSION;</c> (GNU gettext manual, "Additional functions for plural forms").
/// </summary>
public sealed class PluralRule
{
    private const int MaxLength = 600;
    private const int MaxForms = 8;
    private const ulong Sampled = 1_000;
    private readonly Func<ulong, ulong> _choose;

    private PluralRule(int forms, string expression, Func<ulong, ulong> choose)
    {
        Forms = forms;
        Expression = expression;
        _choose = choose;
    }

    /// <summary>The rule of English and of every source text: one, and any other number.</summary>
    public static PluralRule English { get; } = Parse("nplurals=2; plural=(n != 1);");

    /// <summary>How many forms the language has (<c>nplurals</c>), 1 to 8.</summary>
    public int Forms { get; }

    /// <summary>The expression as written.</summary>
    public string Expression { get; }

    /// <summary>The index of the form for a number.</summary>
    /// <param name="number">The number that is said; for a negative one its absolute value decides.</param>
    /// <returns>0 to <see cref="Forms"/> − 1. Where the expression has no such value for a number, the last form.</returns>
    public int FormFor(long number)
    {
        var n = number < 0 ? (ulong)-(number + 1) + 1 : (ulong)number;
        try
        {
            return (int)Math.Min(_choose(n), (ulong)(Forms - 1));
        }
        catch (DivideByZeroException)
        {
            return Forms - 1;
        }
    }

    /// <summary>Understands the value of a <c>Plural-Forms</c> field.</summary>
    /// <param name="text">For example <c>nplurals=2; plural=(n > 1);</c></param>
    /// <param name="rule">The rule, if true is returned.</param>
    /// <returns>
    /// False where the text is longer than 600 characters or not of this form, where the expression uses anything but
    /// n, whole numbers, parentheses and the operators of C, or gives an index out of range for a number up to 1,000.
    /// </returns>
    public static bool TryParse(string text, [NotNullWhen(true)] out PluralRule? rule)
    {
        ArgumentNullException.ThrowIfNull(text);
        rule = null;
        if (text.Length > MaxLength)
        {
            return false;
        }

        var parts = text.Split(';', StringSplitOptions.TrimEntries);
        if (
            parts.Length is < 2 or > 3
            || (parts.Length == 3 && parts[2].Length > 0)
            || Value(parts[0], "nplurals") is not { } count
            || Value(parts[1], "plural") is not { } expression
            || !int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var forms)
            || forms is < 1 or > MaxForms
            || PluralExpression.Compile(expression) is not { } choose
        )
        {
            return false;
        }

        for (var n = 0UL; n <= Sampled; n++)
        {
            try
            {
                if (choose(n) >= (ulong)forms)
                {
                    return false;
                }
            }
            catch (DivideByZeroException)
            {
                return false;
            }
        }

        rule = new PluralRule(forms, expression, choose);
        return true;
    }

    /// <summary>Understands the value of a <c>Plural-Forms</c> field that the caller wrote itself.</summary>
    /// <param name="text">As for <see cref="TryParse"/>.</param>
    /// <exception cref="FormatException">Where <see cref="TryParse"/> would return false.</exception>
    public static PluralRule Parse(string text) =>
        TryParse(text, out var rule) ? rule : throw new FormatException("Plural-Forms cannot be understood");

    private static string? Value(string part, string name)
    {
        var equals = part.IndexOf('=', StringComparison.Ordinal);
        return equals > 0 && part.AsSpan(0, equals).Trim().SequenceEqual(name) ? part[(equals + 1)..].Trim() : null;
    }
}
