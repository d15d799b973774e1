using Comity.Stix;

namespace Comity.Indicators.Types;

/// <summary>
/// The types of MISP's core format (draft-dulaunoy-misp-core-format, "Attribute", type), and what other tools call the
/// same things in their columns. Those that name somebody are in <see cref="NamingTypes"/>.
/// </summary>
internal static class KnownTypes
{
    private static readonly (TypedKind[] Kinds, string Types)[] Formed =
    [
        (
            [TypedKind.Ipv4, TypedKind.Ipv6],
            "ip-src ip-dst ip ip-addr ip-address src-ip dst-ip source-ip destination-ip"
        ),
        ([TypedKind.Ipv4], "ipv4 ipv4-addr ipv4-address"),
        ([TypedKind.Ipv6], "ipv6 ipv6-addr ipv6-address"),
        ([TypedKind.Domain], "domain domain-name fqdn onion-address"),
        ([TypedKind.Domain, TypedKind.Ipv4, TypedKind.Ipv6], "hostname host"),
        ([TypedKind.Url], "url"),
        ([TypedKind.Email], "email email-src email-dst email-reply-to email-addr email-address mail"),
        ([TypedKind.Md5, TypedKind.Sha1, TypedKind.Sha256, TypedKind.Sha512], "hash file-hash"),
        ([TypedKind.Cve], "vulnerability cve cve-id"),
        ([TypedKind.Asn], "as asn autonomous-system"),
    ];

    private static readonly (string Path, string Types)[] At =
    [
        ("file:hashes.MD5", "md5 file-hash-md5 hash-md5 md5-hash"),
        ("file:hashes.SHA-1", "sha1 file-hash-sha1 hash-sha1 sha1-hash"),
        ("file:hashes.SHA-224", "sha224"),
        ("file:hashes.SHA-256", "sha256 file-hash-sha256 hash-sha256 sha256-hash"),
        ("file:hashes.SHA-384", "sha384"),
        ("file:hashes.SHA-512", "sha512 file-hash-sha512 hash-sha512 sha512-hash"),
        ("file:hashes.SHA-512/224", "sha512/224"),
        ("file:hashes.SHA-512/256", "sha512/256"),
        ("file:hashes.SHA3-224", "sha3-224"),
        ("file:hashes.SHA3-256", "sha3-256"),
        ("file:hashes.SHA3-384", "sha3-384"),
        ("file:hashes.SHA3-512", "sha3-512"),
        ("file:hashes.SSDEEP", "ssdeep file-hash-ssdeep"),
        ("file:hashes.TLSH", "tlsh"),
        ("file:hashes.IMPHASH", "imphash file-hash-imphash"),
        ("file:hashes.IMPFUZZY", "impfuzzy"),
        ("file:hashes.AUTHENTIHASH", "authentihash"),
        ("file:hashes.PEHASH", "pehash file-hash-pehash"),
        ("file:hashes.VHASH", "vhash"),
        ("file:hashes.TELFHASH", "telfhash"),
        ("file:hashes.CDHASH", "cdhash"),
        ("file:name", "filename email-attachment file"),
        ("mutex:name", "mutex mutex-name"),
        ("windows-registry-key:key", "regkey registry-key windows-registry-key"),
        ("mac-addr:value", "mac-address mac-eui-64 mac mac-addr"),
        ("x509-certificate:hashes.MD5", "x509-fingerprint-md5"),
        ("x509-certificate:hashes.SHA-1", "x509-fingerprint-sha1"),
        ("x509-certificate:hashes.SHA-256", "x509-fingerprint-sha256"),
    ];

    private const string OthersAsTheyStand = """
        named-pipe user-agent ja3-fingerprint-md5 jarm-fingerprint hassh-md5 hasshserver-md5 ssh-fingerprint pdb uri cookie
        windows-scheduled-task windows-service-name windows-service-displayname email-subject email-message-id
        email-x-mailer email-mime-boundary email-thread-index community-id favicon-mmh3 dom-hash chrome-extension-id
        mobile-application-id azure-application-id btc xmr dash
        """;

    private const string Rules = """
        yara snort sigma bro zeek stix2-pattern pattern-in-file pattern-in-traffic pattern-in-memory filename-pattern
        kusto-query
        """;

    private const string Context = """
        comment text other hex datetime counter integer float boolean size-in-bytes port link mime-type malware-type
        attachment email-body email-header dkim dkim-signature uuid cpe weakness http-method whois-creation-date
        git-commit-id github-repository anonymised process-state cortex gene
        """;

    private static readonly Dictionary<string, TypeMeaning> All = Build();

    /// <summary>What a type says; null for one that is not known.</summary>
    internal static TypeMeaning? Of(string type)
    {
        var key = Key(type);
        return NamingTypes.Of(key) is { } kind ? new TypeMeaning.Names(kind)
            : All.TryGetValue(key, out var meaning) ? meaning
            : NamingTypes.SaysWho(key) ? new TypeMeaning.Names(NameKind.Reference)
            : key == "malwaresample" ? new TypeMeaning.Pair("filename", "md5")
            : key.Split('|') is [{ Length: > 0 } first, { Length: > 0 } second] ? new TypeMeaning.Pair(first, second)
            : null;
    }

    /// <summary>"FileHash-SHA256", "file_hash sha256" and "file-hash-sha256" are one.</summary>
    internal static string Key(string written) =>
        string.Concat(
            written.Take(100).Where(c => char.IsAsciiLetterOrDigit(c) || c == '|').Select(char.ToLowerInvariant)
        );

    private static Dictionary<string, TypeMeaning> Build() =>
        new(
            [
                .. Formed.SelectMany(f => Each(f.Types, _ => new TypeMeaning.Formed(f.Kinds))),
                .. At.SelectMany(a => Each(a.Types, _ => new TypeMeaning.At(a.Path))),
                .. Each(OthersAsTheyStand, type => new TypeMeaning.At($"misp:{type}")),
                .. Each(Rules, _ => new TypeMeaning.NoRow(PartReason.Rule)),
                .. Each(Context, _ => new TypeMeaning.NoRow(PartReason.Context)),
            ],
            StringComparer.Ordinal
        );

    private static IEnumerable<KeyValuePair<string, TypeMeaning>> Each(
        string types,
        Func<string, TypeMeaning> meaning
    ) =>
        types
            .Split((char[])[' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries)
            .Select(type => KeyValuePair.Create(Key(type), meaning(type)));
}
