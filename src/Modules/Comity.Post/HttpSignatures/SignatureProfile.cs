namespace Comity.Post.HttpSignatures;

/// <summary>
/// What of RFC 9421 nodes use among themselves. "@target-uri" is covered instead of "@authority", "@path" and "@query"
/// because it is one component that also binds the scheme, and because a node knows its own base URL by configuration:
/// it puts that in front of the request target that arrived, so neither a Host header nor a reverse proxy's word counts.
/// </summary>
internal static class SignatureProfile
{
    public const string Label = "comity";
    public const string Tag = "comity-exchange-v1";
    public const string Algorithm = "ed25519";
    public const string DigestAlgorithm = "sha-256";

    /// <summary>The longest body, as it is encoded on the wire.</summary>
    public const long MaxLength = 64 * 1024 * 1024;

    /// <summary>Signature fields longer than this many characters are not parsed.</summary>
    public const int MaxFieldLength = 4096;

    public const int MaxComponents = 16;
    public const int MinNonceLength = 16;
    public const int MaxNonceLength = 64;

    /// <summary>How far the peer's clock may be from ours, either way.</summary>
    public static readonly TimeSpan ClockTolerance = TimeSpan.FromMinutes(5);

    public static readonly IReadOnlyList<string> Components =
    [
        "@method",
        "@target-uri",
        "content-digest",
        "content-type",
        "content-length",
    ];
}
