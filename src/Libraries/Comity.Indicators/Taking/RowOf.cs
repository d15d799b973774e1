using System.Globalization;
using Comity.Stix;
using Comity.Stix.Indicators;

namespace Comity.Indicators.Taking;

/// <summary>Makes rows as a STIX bundle would give them, each with the path at which STIX keeps such a value.</summary>
internal static class RowOf
{
    private static readonly Dictionary<TypedKind, string> Paths = new()
    {
        [TypedKind.Ipv4] = "ipv4-addr:value",
        [TypedKind.Ipv6] = "ipv6-addr:value",
        [TypedKind.Domain] = "domain-name:value",
        [TypedKind.Url] = "url:value",
        [TypedKind.Email] = "email-addr:value",
        [TypedKind.Md5] = "file:hashes.MD5",
        [TypedKind.Sha1] = "file:hashes.SHA-1",
        [TypedKind.Sha256] = "file:hashes.SHA-256",
        [TypedKind.Sha512] = "file:hashes.SHA-512",
        [TypedKind.Cve] = "vulnerability:name",
        [TypedKind.Asn] = "autonomous-system:number",
    };

    /// <summary>A row of a value at a path such as "file:hashes.MD5"; null when the value is not of the kind that the path promises.</summary>
    internal static IndicatorRow? At(string path, string value)
    {
        var colon = path.IndexOf(':', StringComparison.Ordinal);
        var meaning = PathMeaning.Of(path[..colon], path[(colon + 1)..].Split('.'), value);
        return meaning.Fits(value)
            ? new IndicatorRow(
                meaning.Type,
                meaning.Canonical(value),
                meaning.Algorithm,
                path,
                IndicatorRelation.Equal,
                Alone: true,
                ObjectId: "",
                Pattern: null,
                ValidFrom: null,
                ValidUntil: null,
                Name: null,
                Revoked: false
            )
            : null;
    }

    /// <summary>A row of what was recognised; null when it is a name that the rules for international names do not allow.</summary>
    internal static IndicatorRow? Typed(TypedIndicator found)
    {
        var row = At(Paths[found.Kind], found.Kind == TypedKind.Asn ? found.Value[2..] : found.Value)!;
        if (row.Type is IndicatorType.Ipv4 or IndicatorType.Ipv6 && row.Value.Contains('/', StringComparison.Ordinal))
        {
            return row with
            {
                Relation = IndicatorRelation.Within,
                Pattern = $"[{row.Path} ISSUBSET {Quoted(row.Value)}]",
            };
        }

        return HostNames.ToAscii(row.Type, row.Value) is { } value ? row with { Value = value } : null;
    }

    /// <summary>The row of a host as one end of a connection with a port there.</summary>
    internal static IndicatorRow WithPort(IndicatorRow host, string end, int port)
    {
        var path = $"network-traffic:{end}_ref.value";
        var where = string.Create(CultureInfo.InvariantCulture, $"network-traffic:{end}_port = {port}");
        return host with { Path = path, Alone = false, Pattern = $"[{path} = {Quoted(host.Value)} AND {where}]" };
    }

    /// <summary>The row as it is meant only together with something else.</summary>
    internal static IndicatorRow Together(IndicatorRow row, string otherPath, string other) =>
        row with
        {
            Alone = false,
            Pattern = $"[{Step(row.Path)} = {Quoted(row.Value)} AND {Step(otherPath)} = {Quoted(other)}]",
        };

    // Names of algorithms have a hyphen, and stand in quotation marks for it.
    private static string Step(string path) =>
        path.IndexOf("hashes.", StringComparison.Ordinal) is var at and >= 0
            ? $"{path[..(at + 7)]}'{path[(at + 7)..]}'"
            : path;

    private static string Quoted(string value) =>
        $"'{value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}'";
}
