namespace Comity.Stix;

/// <summary>What kind of thing an indicator's value is.</summary>
public enum IndicatorType
{
    /// <summary>An IPv4 address or network in CIDR form.</summary>
    Ipv4,

    /// <summary>An IPv6 address or network in CIDR form.</summary>
    Ipv6,

    /// <summary>A domain name.</summary>
    Domain,

    /// <summary>A URL.</summary>
    Url,

    /// <summary>An e-mail address.</summary>
    Email,

    /// <summary>A hash of a file; <see cref="IndicatorRow.Algorithm"/> says which.</summary>
    FileHash,

    /// <summary>The name of a file.</summary>
    FileName,

    /// <summary>The name of a mutex.</summary>
    Mutex,

    /// <summary>A key of the Windows registry.</summary>
    RegistryKey,

    /// <summary>A MAC address.</summary>
    MacAddress,

    /// <summary>The number of an autonomous system.</summary>
    AutonomousSystem,

    /// <summary>A feature of an X.509 certificate; <see cref="IndicatorRow.Path"/> says which.</summary>
    Certificate,

    /// <summary>Anything else; <see cref="IndicatorRow.Path"/> says what.</summary>
    Other,
}

/// <summary>How the value relates to what would be seen.</summary>
public enum IndicatorRelation
{
    /// <summary>The same value.</summary>
    Equal,

    /// <summary>The value is a template with % and _ (the LIKE of SQL).</summary>
    Like,

    /// <summary>The value is a regular expression (PCRE). It is shown, never run.</summary>
    Matches,

    /// <summary>An address inside the network that the value gives (ISSUBSET).</summary>
    Within,
}

/// <summary>One value to look for.</summary>
/// <param name="Type">What kind of thing it is.</param>
/// <param name="Value">The value; hashes in lower case.</param>
/// <param name="Algorithm">For a hash: "md5", "sha-1", "sha-256", "sha-512", "ssdeep" and so on; otherwise null.</param>
/// <param name="Path">Where the value stands by STIX words: the object path of a pattern or of an observable, such as "ipv4-addr:value".</param>
/// <param name="Relation">How the value relates to what would be seen.</param>
/// <param name="Alone">
/// Whether the value alone is the indicator. False when the pattern asks for more at the same time (AND, FOLLOWEDBY, a
/// qualifier): then the whole <paramref name="Pattern"/> has to be read.
/// </param>
/// <param name="ObjectId">The id of the object that it comes from.</param>
/// <param name="Pattern">The whole pattern; null for an observable.</param>
/// <param name="ValidFrom">From when the indicator is valid, as written; null for an observable.</param>
/// <param name="ValidUntil">Until when the indicator is valid, as written, where it is said.</param>
/// <param name="Name">The name of the object, where it has one.</param>
/// <param name="Revoked">Whether the author has revoked the object.</param>
public sealed record IndicatorRow(
    IndicatorType Type,
    string Value,
    string? Algorithm,
    string Path,
    IndicatorRelation Relation,
    bool Alone,
    string ObjectId,
    string? Pattern,
    string? ValidFrom,
    string? ValidUntil,
    string? Name,
    bool Revoked
);

/// <summary>A CVE id that a vulnerability object names.</summary>
/// <param name="CveId">Such as "CVE-2021-44228".</param>
/// <param name="ObjectId">The id of the vulnerability object.</param>
public sealed record VulnerabilityNamed(string CveId, string ObjectId);

/// <summary>Malware that a malware object names.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Aliases">Other names for it.</param>
/// <param name="ObjectId">The id of the malware object.</param>
public sealed record MalwareNamed(string Name, IReadOnlyList<string> Aliases, string ObjectId);
