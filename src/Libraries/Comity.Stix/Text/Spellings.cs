using System.Text.RegularExpressions;

namespace Comity.Stix.Text;

/// <summary>The forms of writing that <see cref="IndicatorText"/> knows.</summary>
internal static partial class Spellings
{
    [GeneratedRegex(@"[\[({](?:\.|dot)[\])}]|\\\.", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    internal static partial Regex DotForms();

    [GeneratedRegex(@"[\[({](?:@|at)[\])}]", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    internal static partial Regex AtForms();

    [GeneratedRegex(@"[\[({]:(?<slashes>//)?[\])}]", RegexOptions.CultureInvariant, 1000)]
    internal static partial Regex ColonForms();

    [GeneratedRegex(@"^h(?:xx|\*\*)p(?<s>s?)://", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    internal static partial Regex SchemeForms();

    [GeneratedRegex(@"^CVE-[0-9]{4}-[0-9]{4,19}$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    internal static partial Regex CveForm();

    [GeneratedRegex(@"^ASN?(?<number>[0-9]{1,10})$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    internal static partial Regex AsnForm();

    // "report.pdf" is meant as a file; these endings are no top-level domains.
    [GeneratedRegex(
        @"\.(?:exe|dll|pdf|docx?|xlsx?|pptx?|txt|json|xml|js|lnk|bat|ps1|png|jpe?g)$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        1000
    )]
    internal static partial Regex FileLike();
}
