namespace Comity.Libraries.Tests.OpenPgp;

/// <summary>
/// Which other programs judge which algorithms, both ways: they open what we seal to such a key and find our signature
/// good, and we open what they seal and sign. Where one cannot, its own words for that stand here, and a test hears them.
/// </summary>
internal static class Judges
{
    public const string GnuPg = "gpg";
    public const string Rnp = "rnp";
    public const string Sequoia = "sq";
    public const string SequoiaSop = "sqop";
    public const string OpenPgpJs = "node";

    public static readonly IReadOnlyList<string> Algorithms =
    [
        "ed25519",
        "nistp256",
        "nistp384",
        "nistp521",
        "brainpoolP256r1",
        "brainpoolP384r1",
        "brainpoolP512r1",
        "rsa3072",
        "rsa4096",
    ];

    // Sequoia as Debian builds it knows no Brainpool; OpenPGP.js wants a further package for it, which it does not bring.
    private static readonly Dictionary<string, string> WithoutBrainpool = new(StringComparer.Ordinal)
    {
        [Sequoia] = "no suitable encryption key|no suitable signing",
        [SequoiaSop] = "not encryption-capable|not signing-capable",
        [OpenPgpJs] = "eckey-utils|Brainpool|Unknown curve|not supported",
    };

    /// <summary>Both ways with this judge.</summary>
    public static TheoryData<string> Of(string judge) => [.. Algorithms.Where(a => Refusal(judge, a) is null)];

    /// <summary>What every judge says of what it cannot do.</summary>
    public static TheoryData<string, string, string> Refusals()
    {
        var all = new TheoryData<string, string, string>();
        foreach (var judge in new[] { GnuPg, Rnp, Sequoia, SequoiaSop, OpenPgpJs })
        foreach (var algorithm in Algorithms)
            if (Refusal(judge, algorithm) is { } words)
                all.Add(judge, algorithm, words);
        return all;
    }

    private static string? Refusal(string judge, string algorithm) =>
        algorithm.StartsWith("brainpool", StringComparison.Ordinal) ? WithoutBrainpool.GetValueOrDefault(judge) : null;
}
