using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Comity.PortableObject;

/// <summary>
/// Named places in a text: "{name}", where a name is made of ASCII letters, digits and underscores. A brace that does
/// not belong to such a place stands for itself.
/// </summary>
public static class Placeholders
{
    /// <summary>Puts values in their places.</summary>
    /// <param name="text">The text with places.</param>
    /// <param name="culture">
    /// How values are written: an <see cref="ICustomFormatter"/> that it offers is asked first, then
    /// <see cref="IFormattable"/> of the value.
    /// </param>
    /// <param name="values">Names and values. A null value writes nothing.</param>
    /// <returns>The text; a place without a value of its name is left as it stands, so that it is seen.</returns>
    public static string Fill(
        string text,
        IFormatProvider culture,
        params ReadOnlySpan<(string Name, object? Value)> values
    )
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(culture);
        if (values.IsEmpty || !text.Contains('{', StringComparison.Ordinal))
        {
            return text;
        }

        var result = new StringBuilder(text.Length + 32);
        var position = 0;
        while (Next(text, position, out var place))
        {
            result.Append(text, position, place.Start.Value - position);
            var name = text.AsSpan(place)[1..^1];
            if (TryFind(values, name, out var value))
            {
                result.Append(Write(value, culture));
            }
            else
            {
                result.Append(text.AsSpan(place));
            }

            position = place.End.Value;
        }

        return result.Append(text, position, text.Length - position).ToString();
    }

    /// <summary>The names of the places in a text, each once, in order of appearance.</summary>
    /// <param name="text">The text with places.</param>
    public static IReadOnlyList<string> Names(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var names = new List<string>();
        for (var position = 0; Next(text, position, out var place); position = place.End.Value)
        {
            var name = text[place][1..^1];
            if (!names.Contains(name))
            {
                names.Add(name);
            }
        }

        return names;
    }

    [SuppressMessage("Globalization", "CA1305", Justification = "The culture is the caller's, handed through.")]
    private static string? Write(object? value, IFormatProvider culture) =>
        value switch
        {
            null => null,
            _ when culture.GetFormat(typeof(ICustomFormatter)) is ICustomFormatter formatter => formatter.Format(
                null,
                value,
                culture
            ),
            IFormattable formattable => formattable.ToString(null, culture),
            _ => value.ToString(),
        };

    private static bool TryFind(
        ReadOnlySpan<(string Name, object? Value)> values,
        ReadOnlySpan<char> name,
        out object? value
    )
    {
        foreach (var (key, found) in values)
        {
            if (name.SequenceEqual(key))
            {
                value = found;
                return true;
            }
        }

        value = null;
        return false;
    }

    private static bool Next(string text, int from, out Range place)
    {
        for (var open = text.IndexOf('{', from); open >= 0; open = text.IndexOf('{', open + 1))
        {
            var end = open + 1;
            while (end < text.Length && (char.IsAsciiLetterOrDigit(text[end]) || text[end] == '_'))
            {
                end++;
            }

            if (end > open + 1 && end < text.Length && text[end] == '}')
            {
                place = open..(end + 1);
                return true;
            }
        }

        place = default;
        return false;
    }
}
