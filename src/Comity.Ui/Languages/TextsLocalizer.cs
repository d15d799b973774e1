using System.Globalization;
using Microsoft.Extensions.Localization;

namespace Comity.Ui.Languages;

/// <summary>Gives the framework's own messages the same words, in the language of the request.</summary>
internal sealed class TextsLocalizer(Catalogs catalogs) : IStringLocalizer, IStringLocalizerFactory
{
    public LocalizedString this[string name] => this[name, []];

    public LocalizedString this[string name, params object[] arguments]
    {
        get
        {
            var language = Language.Find(CultureInfo.CurrentUICulture.TwoLetterISOLanguageName) ?? Language.English;
            var text = catalogs.For(language).T(name);
            var known = !string.Equals(text, name, StringComparison.Ordinal);
            var filled = arguments.Length == 0 ? text : string.Format(language.Culture, text, arguments);
            return new LocalizedString(name, filled, resourceNotFound: !known);
        }
    }

    public IEnumerable<LocalizedString> GetAllStrings(bool includeParentCultures) => [];

    public IStringLocalizer Create(Type resourceSource) => this;

    public IStringLocalizer Create(string baseName, string location) => this;
}
