using System.Buffers;
using System.Net;
using System.Net.Sockets;

namespace Comity.Stix.Text;

/// <summary>What a value looks like by its form alone.</summary>
internal static class Values
{
    private static readonly SearchValues<char> NotInLocalPart = SearchValues.Create(" @<>()[],;:\"\\");

    internal static bool IsHex(string value, int length) => value.Length == length && value.All(char.IsAsciiHexDigit);

    /// <summary>Four decimal numbers, with or without a prefix length: the loose forms that IPAddress takes are not addresses here.</summary>
    internal static bool IsIpv4(string value)
    {
        var (address, fits) = Prefix(value, 32);
        var parts = address.Split('.');
        return fits
            && parts.Length == 4
            && parts.All(p => p.Length is > 0 and <= 3 && p.All(char.IsAsciiDigit) && IsByte(p));

        static bool IsByte(string digits) =>
            int.Parse(digits, System.Globalization.CultureInfo.InvariantCulture) <= 255;
    }

    internal static bool IsIpv6(string value)
    {
        var (address, fits) = Prefix(value, 128);
        return fits
            && address.Contains(':', StringComparison.Ordinal)
            && address.Length <= 45
            && address.All(c => char.IsAsciiHexDigit(c) || c is ':' or '.')
            && IPAddress.TryParse(address, out var parsed)
            && parsed.AddressFamily == AddressFamily.InterNetworkV6;
    }

    /// <summary>At least two labels of letters, digits and hyphens (letters of any script), the last one longer than one and not a number.</summary>
    internal static bool IsDomain(string value)
    {
        if (value.Length > 253)
        {
            return false;
        }

        var labels = value.TrimEnd('.').Split('.');
        return labels.Length >= 2
            && labels[^1].Length >= 2
            && labels.All(l => l.Length is > 0 and <= 63 && l.All(IsLabelCharacter) && l[0] != '-' && l[^1] != '-')
            && !labels[^1].All(char.IsAsciiDigit);
    }

    internal static bool IsEmail(string value)
    {
        var at = value.LastIndexOf('@');
        return at is > 0 and <= 64 && !value.AsSpan(0, at).ContainsAny(NotInLocalPart) && IsDomain(value[(at + 1)..]);
    }

    internal static bool IsUrl(string value) =>
        value.Length <= 8192
        && value.IndexOf("://", StringComparison.Ordinal) is > 0 and < 12
        && Uri.TryCreate(value, UriKind.Absolute, out var uri)
        && uri.Scheme is "http" or "https" or "ftp" or "ftps" or "sftp" or "tcp" or "udp" or "ldap" or "ldaps" or "rmi"
        && uri.Host.Length > 0;

    private static (string Address, bool Fits) Prefix(string value, int most)
    {
        var slash = value.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0)
        {
            return (value, true);
        }

        var digits = value[(slash + 1)..];
        return (
            value[..slash],
            digits.Length is > 0 and <= 3
                && digits.All(char.IsAsciiDigit)
                && int.Parse(digits, System.Globalization.CultureInfo.InvariantCulture) <= most
        );
    }

    private static bool IsLabelCharacter(char c) =>
        char.IsLetterOrDigit(c)
        || c is '-' or '_'
        || char.IsSurrogate(c)
        || char.GetUnicodeCategory(c)
            is System.Globalization.UnicodeCategory.NonSpacingMark
                or System.Globalization.UnicodeCategory.SpacingCombiningMark;
}
