using Comity.Stix.Text;

namespace Comity.Stix;

/// <summary>Recognises the indicators that people type or paste, also in the harmless spelling ("defanged") in which they are passed on.</summary>
public static class IndicatorText
{
    /// <summary>The longest piece that is looked at, in UTF-16 code units.</summary>
    public const int PieceLength = 8192;

    /// <summary>Recognises one piece of text.</summary>
    /// <param name="piece">Such as "hxxps://login[.]example/path", "192.0.2[.]7" or "cve-2021-44228".</param>
    /// <returns>What it is in canonical form, or null when it is none of the known kinds.</returns>
    public static TypedIndicator? Recognise(string piece)
    {
        ArgumentNullException.ThrowIfNull(piece);
        if (piece.Length > PieceLength)
        {
            return null;
        }

        var value = Refang(piece.Trim());
        // What is spelled harmlessly twice over could be read in two ways.
        return value != Refang(value) ? null : Host(value) ?? Hash(value) ?? Number(value) ?? Address(value);
    }

    /// <summary>Recognises all indicators in a text, each once, in the order in which they stand there.</summary>
    /// <param name="text">Free text or a pasted list.</param>
    /// <param name="most">The most to return.</param>
    /// <returns>What was recognised; words that are nothing known are passed over.</returns>
    public static IReadOnlyList<TypedIndicator> Find(string text, int most = 10_000)
    {
        ArgumentNullException.ThrowIfNull(text);
        return [.. Words.Of(text).Select(RecogniseWord).OfType<TypedIndicator>().Distinct().Take(most)];
    }

    /// <summary>Recognises a word of a text, where a full stop and brackets may belong to the sentence.</summary>
    internal static TypedIndicator? RecogniseWord(string word) =>
        word.Length > PieceLength ? null
        : Recognise(word) is { } found ? found
        : Words.Bare(word) is var bare && bare.Length < word.Length ? Recognise(bare)
        : null;

    /// <summary>Takes the harmless spelling back: "hxxp" to "http", "[.]" and "(dot)" to ".", "(at)" to "@", "[:]" to ":", "[/]" to "/".</summary>
    /// <param name="text">Any text.</param>
    /// <returns>The live spelling.</returns>
    public static string Refang(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var live = text;
        if (live.AsSpan().ContainsAny(Spellings.Beginnings))
        {
            live = Spellings.DotForms().Replace(live, ".");
            live = Spellings.AtForms().Replace(live, "@");
            live = Spellings.ColonForms().Replace(live, m => m.Groups["slashes"].Success ? "://" : ":");
            live = Spellings.SlashForms().Replace(live, "/");
        }

        return Spellings
            .SchemeForms()
            .Replace(live, m => Scheme(m.Groups["scheme"].ValueSpan) + m.Groups["s"].Value.ToLowerInvariant() + "://");
    }

    /// <summary>Spells an indicator so that no program makes a live link of it.</summary>
    /// <param name="value">A value; what is not recognised comes back as it is.</param>
    /// <returns>The harmless spelling, which <see cref="Recognise"/> takes back to the same value.</returns>
    public static string Defang(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return Recognise(value) switch
        {
            { Kind: TypedKind.Ipv4 or TypedKind.Domain } found => Dots(found.Value),
            { Kind: TypedKind.Ipv6 } found => found.Value.Replace(":", "[:]", StringComparison.Ordinal),
            { Kind: TypedKind.Email } found => found.Value[..found.Value.LastIndexOf('@')]
                + "[@]"
                + Dots(found.Value[(found.Value.LastIndexOf('@') + 1)..]),
            { Kind: TypedKind.Url } found => DefangedUrl(found.Value),
            { } found => found.Value,
            null => value,
        };
    }

    private static string Scheme(ReadOnlySpan<char> spelled) => spelled[0] is 'f' or 'F' ? "ftp" : "http";

    private static string Dots(string value) => value.Replace(".", "[.]", StringComparison.Ordinal);

    private static string DefangedUrl(string url)
    {
        var (host, end) = HostOf(url);
        var scheme = url[..(host - 3)];
        scheme = scheme.StartsWith("http", StringComparison.Ordinal) ? "hxxp" + scheme[4..] : scheme;
        return scheme + "[://]" + Dots(url[host..end]) + url[end..];
    }

    private static (int Start, int End) HostOf(string url)
    {
        var start = url.IndexOf("://", StringComparison.Ordinal) + 3;
        var end = url.AsSpan(start).IndexOfAny('/', '?', '#');
        return (start, end < 0 ? url.Length : start + end);
    }

    private static TypedIndicator? Host(string value)
    {
        if (Values.IsIpv4(value))
        {
            return new TypedIndicator(TypedKind.Ipv4, value);
        }

        if (Values.IsIpv6(value))
        {
            var slash = value.IndexOf('/', StringComparison.Ordinal);
            var address = System.Net.IPAddress.Parse(slash < 0 ? value : value[..slash]).ToString();
            return new TypedIndicator(TypedKind.Ipv6, slash < 0 ? address : address + value[slash..]);
        }

        var name = value.TrimEnd('.').ToLowerInvariant();
        return Spellings.FileLike().IsMatch(name) || !Values.IsDomain(value)
            ? null
            : new TypedIndicator(TypedKind.Domain, name);
    }

    private static TypedIndicator? Hash(string value) =>
        Values.IsHex(value, 32) ? new TypedIndicator(TypedKind.Md5, value.ToLowerInvariant())
        : Values.IsHex(value, 40) ? new TypedIndicator(TypedKind.Sha1, value.ToLowerInvariant())
        : Values.IsHex(value, 64) ? new TypedIndicator(TypedKind.Sha256, value.ToLowerInvariant())
        : Values.IsHex(value, 128) ? new TypedIndicator(TypedKind.Sha512, value.ToLowerInvariant())
        : null;

    private static TypedIndicator? Number(string value) =>
        Spellings.CveForm().IsMatch(value) ? new TypedIndicator(TypedKind.Cve, value.ToUpperInvariant())
        : Spellings.AsnForm().Match(value) is { Success: true } asn
        && uint.TryParse(asn.Groups["number"].Value, System.Globalization.CultureInfo.InvariantCulture, out var number)
            ? new TypedIndicator(
                TypedKind.Asn,
                string.Create(System.Globalization.CultureInfo.InvariantCulture, $"AS{number}")
            )
        : null;

    private static TypedIndicator? Address(string value)
    {
        if (value.Contains("://", StringComparison.Ordinal))
        {
            var (start, end) = HostOf(value);
            var url = value[..end].ToLowerInvariant() + value[end..];
            return Values.IsUrl(url) && end > start ? new TypedIndicator(TypedKind.Url, url) : null;
        }

        var at = value.LastIndexOf('@');
        return Values.IsEmail(value)
            ? new TypedIndicator(TypedKind.Email, value[..at] + value[at..].TrimEnd('.').ToLowerInvariant())
            : null;
    }
}
