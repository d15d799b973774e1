using System.Text.RegularExpressions;

namespace Comity.Accounts.Sessions;

/// <summary>What a browser says that it is, in the words that people know it by: "Firefox 140 · Windows".</summary>
internal static partial class BrowserName
{
    // Browsers name their ancestors too: whoever is more particular stands first.
    private static readonly (string Token, string Name)[] Programs =
    [
        ("Edg", "Edge"),
        ("EdgA", "Edge"),
        ("OPR", "Opera"),
        ("SamsungBrowser", "Samsung Internet"),
        ("Firefox", "Firefox"),
        ("FxiOS", "Firefox"),
        ("CriOS", "Chrome"),
        ("HeadlessChrome", "Chrome"),
        ("Chrome", "Chrome"),
        ("Version", "Safari"),
    ];

    private static readonly (string Token, string Name)[] Systems =
    [
        ("Android", "Android"),
        ("iPhone", "iOS"),
        ("iPad", "iPadOS"),
        ("Windows", "Windows"),
        ("CrOS", "ChromeOS"),
        ("Mac OS X", "macOS"),
        ("Linux", "Linux"),
    ];

    /// <summary>Null where it says nothing known; then it is shown as it is.</summary>
    public static string? Of(string said)
    {
        var found = Number().Matches(said).ToLookup(m => m.Groups["name"].Value, m => m.Groups["number"].Value);
        if (Programs.FirstOrDefault(p => found.Contains(p.Token)) is not { Token: { } token, Name: var program })
            return null;
        var system = Systems.FirstOrDefault(s => said.Contains(s.Token, StringComparison.Ordinal)).Name;
        var name = $"{program} {found[token].First()}";
        return system is null ? name : $"{name} · {system}";
    }

    [GeneratedRegex(@"(?<name>[A-Za-z]+)/(?<number>\d{1,4})", RegexOptions.ExplicitCapture, 200)]
    private static partial Regex Number();
}
