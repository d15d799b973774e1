using System.Globalization;
using System.Text;
using Comity.Stix;
using Comity.Stix.Text;

namespace Comity.Indicators.Taking;

/// <summary>International domain names in both forms (RFC 5890, mapped by UTS 46): ASCII to compare, their own script to read.</summary>
internal static class HostNames
{
    // An underscore is no letter of a host name, and stands in many a name that is looked for all the same.
    private static readonly IdnMapping Mapping = new() { UseStd3AsciiRules = false };

    /// <summary>The value with its host in ASCII; null when the rules do not allow the name.</summary>
    internal static string? ToAscii(IndicatorType type, string value)
    {
        var (start, end) = HostOf(type, value);
        var host = value[start..end];
        if (Ascii.IsValid(host))
        {
            return value;
        }

        var mapped = Mapped(host, Mapping.GetAscii)?.ToLowerInvariant();
        return mapped is not null && Values.IsDomain(mapped) ? value[..start] + mapped + value[end..] : null;
    }

    /// <summary>The value with its host in its own script; null when that says nothing more, or the name is none.</summary>
    internal static string? ToUnicode(IndicatorType type, string value)
    {
        var (start, end) = HostOf(type, value);
        var host = value[start..end];
        return
            host.Contains("xn--", StringComparison.Ordinal)
            && Mapped(host, Mapping.GetUnicode) is { } own
            && own != host
            ? value[..start] + own + value[end..]
            : null;
    }

    private static string? Mapped(string host, Func<string, string> map)
    {
        try
        {
            return map(host);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static (int Start, int End) HostOf(IndicatorType type, string value)
    {
        switch (type)
        {
            case IndicatorType.Domain:
                return (0, value.Length);
            case IndicatorType.Email:
                return (value.LastIndexOf('@') + 1, value.Length);
            case IndicatorType.Url:
                var start = value.IndexOf("://", StringComparison.Ordinal) + 3;
                var end = value.AsSpan(start).IndexOfAny("/?#") is var length and >= 0 ? start + length : value.Length;
                start = value.LastIndexOf('@', end - 1, end - start) is var user and >= 0 ? user + 1 : start;
                end = value.AsSpan(start, end - start).IndexOf(':') is var port and >= 0 ? start + port : end;
                return (start, end);
            default:
                return (0, 0);
        }
    }
}
