using System.Buffers;
using System.Text.RegularExpressions;

namespace Comity.Stix.Text;

/// <summary>The forms of writing that <see cref="IndicatorText"/> knows.</summary>
internal static partial class Spellings
{
    /// <summary>With one of these each harmless spelling begins, but that of a scheme.</summary>
    internal static readonly SearchValues<char> Beginnings = SearchValues.Create("[({\\");

    [GeneratedRegex(@"[\[({](?:\.|dot)[\])}]|\\\.", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    internal static partial Regex DotForms();

    [GeneratedRegex(@"[\[({](?:@|at)[\])}]", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    internal static partial Regex AtForms();

    [GeneratedRegex(@"[\[({]:(?<slashes>//)?[\])}]", RegexOptions.CultureInvariant, 1000)]
    internal static partial Regex ColonForms();

    [GeneratedRegex(@"[\[({]/[\])}]", RegexOptions.CultureInvariant, 1000)]
    internal static partial Regex SlashForms();

    // hxxp, h**p, fxp, and http[s].
    [GeneratedRegex(
        @"^(?<scheme>h(?:xx|tt|\*\*)p|fxp)(?:\[(?<s>s)\]|(?<s>s?))://",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        1000
    )]
    internal static partial Regex SchemeForms();

    [GeneratedRegex(@"^CVE-[0-9]{4}-[0-9]{4,19}$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    internal static partial Regex CveForm();

    [GeneratedRegex(@"^ASN?(?<number>[0-9]{1,10})$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    internal static partial Regex AsnForm();

    // "report.pdf" is meant as a file; these endings are no top-level domains.
    [GeneratedRegex(
        @"\.(?:exe|dll|scr|sys|ocx|cpl|msi|elf|apk|dmg|pdf|do[ct][xm]?|xl[st][xmb]?|pp[ts][xm]?|rtf|txt|csv|log|dat|bin|tmp|json|xml|html?|php|aspx?|jspx?|jar|jse?|vb[se]|wsf|hta|lnk|url|bat|cmd|ps[dm]?1|chm|iso|img|rar|7z|gz|png|jpe?g|gif)$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        1000
    )]
    internal static partial Regex FileLike();
}
