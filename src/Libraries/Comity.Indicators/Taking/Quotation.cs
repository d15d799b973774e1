namespace Comity.Indicators.Taking;

/// <summary>Cuts what is quoted from a source to a length.</summary>
internal static class Quotation
{
    internal static string Cut(string text, int length)
    {
        if (text.Length <= length)
        {
            return text;
        }

        var end = length - 1;
        return string.Concat(text.AsSpan(0, char.IsHighSurrogate(text[end - 1]) ? end - 1 : end), "…");
    }

    /// <summary>A note in one line; null for none.</summary>
    internal static string? Note(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        var words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return Cut(string.Concat(string.Join(' ', words).Where(c => !char.IsControl(c))), IndicatorLimits.NoteLength);
    }
}
