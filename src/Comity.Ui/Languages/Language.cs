using System.Globalization;

namespace Comity.Ui.Languages;

/// <summary>One of the six languages of the interface.</summary>
/// <param name="Code">ISO 639 code: cookie, address prefix, name of the PO file.</param>
/// <param name="OwnName">Its name in itself.</param>
/// <param name="Tag">BCP 47 tag for the <c>lang</c> attribute.</param>
/// <param name="Culture">ICU culture for dates, numbers, collation.</param>
/// <param name="DatePattern">How a date is written out.</param>
public sealed record Language(string Code, string OwnName, string Tag, CultureInfo Culture, string DatePattern)
{
    public static Language English { get; } = Make("en", "English", "en", "en-GB", "d MMMM yyyy");

    /// <summary>All six, in the order in which the United Nations lists its languages in English.</summary>
    public static IReadOnlyList<Language> All { get; } =
    [
        Make("ar", "العربية", "ar", "ar", "d MMMM yyyy"),
        Make("zh", "中文", "zh-Hans", "zh-CN", "yyyy年M月d日"),
        English,
        Make("fr", "Français", "fr", "fr-FR", "d MMMM yyyy"),
        Make("ru", "Русский", "ru", "ru-RU", "d MMMM yyyy 'года'"),
        Make("es", "Español", "es", "es-ES", "d 'de' MMMM 'de' yyyy"),
    ];

    /// <summary>Value of the <c>dir</c> attribute.</summary>
    public string Direction => IsRightToLeft ? "rtl" : "ltr";

    public bool IsRightToLeft => Culture.TextInfo.IsRightToLeft;

    /// <summary>The language with a code, or null.</summary>
    public static Language? Find(string? code) =>
        All.FirstOrDefault(language => string.Equals(language.Code, code, StringComparison.OrdinalIgnoreCase));

    private static Language Make(string code, string ownName, string tag, string culture, string date) =>
        new(code, ownName, tag, CultureInfo.GetCultureInfo(culture), date);
}
