using Comity.Stix.Text;

namespace Comity.Stix.Indicators;

/// <summary>What the value at an object path is.</summary>
internal sealed record PathMeaning(IndicatorType Type, string? Algorithm = null)
{
    private static readonly Dictionary<string, IndicatorType> Known = new(StringComparer.Ordinal)
    {
        ["ipv4-addr:value"] = IndicatorType.Ipv4,
        ["ipv6-addr:value"] = IndicatorType.Ipv6,
        ["domain-name:value"] = IndicatorType.Domain,
        ["url:value"] = IndicatorType.Url,
        ["email-addr:value"] = IndicatorType.Email,
        ["mac-addr:value"] = IndicatorType.MacAddress,
        ["mutex:name"] = IndicatorType.Mutex,
        ["windows-registry-key:key"] = IndicatorType.RegistryKey,
        ["autonomous-system:number"] = IndicatorType.AutonomousSystem,
        ["file:name"] = IndicatorType.FileName,
        ["artifact:url"] = IndicatorType.Url,
        ["email-message:from_ref.value"] = IndicatorType.Email,
        ["email-message:sender_ref.value"] = IndicatorType.Email,
    };

    private static readonly PathMeaning Other = new(IndicatorType.Other);

    internal static PathMeaning Of(string objectType, IReadOnlyList<string> steps, string value)
    {
        if (objectType is "file" or "artifact" && steps.Count >= 2 && steps[^2] == "hashes")
        {
            return new PathMeaning(IndicatorType.FileHash, AlgorithmOf(steps[^1]));
        }

        if (objectType == "x509-certificate")
        {
            return new PathMeaning(IndicatorType.Certificate, steps[0] == "hashes" ? AlgorithmOf(steps[^1]) : null);
        }

        if (Known.TryGetValue(objectType + ":" + string.Join('.', steps), out var type))
        {
            return new PathMeaning(type);
        }

        // network-traffic:dst_ref.value may be an address of either family or a domain: the value itself says which.
        return steps.Count >= 2 && steps[^1] == "value" && steps.Any(s => s.EndsWith("_ref", StringComparison.Ordinal))
            ? new PathMeaning(
                Values.IsIpv4(value) ? IndicatorType.Ipv4
                : Values.IsIpv6(value) ? IndicatorType.Ipv6
                : Values.IsDomain(value) ? IndicatorType.Domain
                : IndicatorType.Other
            )
            : Other;
    }

    /// <summary>Whether the value is of the kind that its place promises.</summary>
    internal bool Fits(string value) =>
        Type switch
        {
            IndicatorType.Ipv4 => Values.IsIpv4(value),
            IndicatorType.Ipv6 => Values.IsIpv6(value),
            IndicatorType.FileHash or IndicatorType.Certificate when Digits is { } digits => Values.IsHex(
                value,
                digits
            ),
            _ => value.Length > 0,
        };

    internal string Canonical(string value) => Digits is null ? value : value.ToLowerInvariant();

    /// <summary>How many hexadecimal digits a hash of this algorithm has; null for an algorithm that writes in another way.</summary>
    internal int? Digits =>
        Algorithm switch
        {
            "md5" => 32,
            "sha-1" => 40,
            "sha-224" or "sha3-224" => 56,
            "sha-256" or "sha3-256" => 64,
            "sha-384" or "sha3-384" => 96,
            "sha-512" or "sha3-512" => 128,
            _ => null,
        };

    // Producers write MD5, md5, SHA1, SHA-1, SHA256 ...; the hyphenless forms are an old and common habit.
    private static string AlgorithmOf(string name) =>
        name.ToUpperInvariant() switch
        {
            "SHA1" => "sha-1",
            "SHA224" => "sha-224",
            "SHA384" => "sha-384",
            "SHA256" => "sha-256",
            "SHA512" => "sha-512",
            _ => name.ToLowerInvariant(),
        };
}
