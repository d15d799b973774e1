namespace Comity.States;

/// <summary>One name in each of the six languages.</summary>
internal sealed class NamesByLanguage(IReadOnlyDictionary<string, string> names)
{
    public string In(string language)
    {
        ArgumentNullException.ThrowIfNull(language);
        return names.TryGetValue(language, out var name)
            ? name
            : throw new ArgumentException($"\"{language}\" is none of the six languages", nameof(language));
    }
}
