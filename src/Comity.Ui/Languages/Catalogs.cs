using System.Reflection;
using Comity.PortableObject;

namespace Comity.Ui.Languages;

/// <summary>The words of every module in every language, read once from the resources <c>*.Text.LANGUAGE.po</c>.</summary>
public sealed class Catalogs
{
    private readonly Dictionary<string, Catalog> _byLanguage;

    public Catalogs(params IEnumerable<Assembly> assemblies)
    {
        ArgumentNullException.ThrowIfNull(assemblies);
        Assembly[] all = [.. assemblies.Distinct()];
        _byLanguage = Language.All.ToDictionary(l => l.Code, l => Catalog.Of(all.SelectMany(a => Files(a, l))));
    }

    /// <summary>The words for a reader; outside requests (mail, jobs) the language is that of the person written to.</summary>
    public Texts For(Language language, TimeZoneInfo? zone = null)
    {
        ArgumentNullException.ThrowIfNull(language);
        return new Texts(language, _byLanguage[language.Code], zone);
    }

    internal static IEnumerable<PoFile> Files(Assembly assembly, Language language)
    {
        foreach (var name in assembly.GetManifestResourceNames())
        {
            if (!name.EndsWith($".Text.{language.Code}.po", StringComparison.Ordinal))
                continue;
            using var stream = assembly.GetManifestResourceStream(name)!;
            using var octets = new MemoryStream();
            stream.CopyTo(octets);
            var reading = PoFile.Read(octets.ToArray());
            yield return reading.File ?? throw new InvalidOperationException($"{name}, {reading.Error}");
        }
    }
}
