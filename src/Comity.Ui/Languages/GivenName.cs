namespace Comity.Ui.Languages;

/// <summary>A name that somebody gave in some languages, as one reader gets it.</summary>
/// <param name="Text">The name.</param>
/// <param name="LanguageTag">Its language (BCP 47) for the <c>lang</c> attribute; null where it is the reader's own.</param>
public sealed record GivenName(string Text, string? LanguageTag)
{
    /// <summary>In the reader's language where there is one, else in the language that its giver wrote first.</summary>
    /// <returns>Null where no name was given at all.</returns>
    public static GivenName? Of(IReadOnlyDictionary<string, string> names, Language reader)
    {
        ArgumentNullException.ThrowIfNull(names);
        ArgumentNullException.ThrowIfNull(reader);
        if (names.FirstOrDefault(name => IsIn(name.Key, reader)) is { Value: { } own })
            return new GivenName(own, LanguageTag: null);
        return names.Count == 0 ? null : new GivenName(names.First().Value, names.First().Key);
    }

    // "fr" and "fr-CA" are read by the same people.
    private static bool IsIn(string tag, Language reader) =>
        string.Equals(tag.Split('-')[0], reader.Code, StringComparison.OrdinalIgnoreCase);
}
