using System.Globalization;
using Comity.OpenPgp;

namespace Comity.Libraries.Tests.OpenPgp;

/// <summary>
/// Keys that GnuPG made of the algorithms that correspondents may use: a primary key that certifies and signs, and a subkey
/// to encrypt to. Each is made when it is first asked for, and once.
/// </summary>
[CollectionDefinition(nameof(ForeignKeys))]
public sealed class ForeignKeys : ICollectionFixture<ForeignKeys>, IDisposable
{
    public static readonly DateTime Now = Parties.Now;

    private readonly Gpg _gpg = new(Now);
    private readonly Dictionary<string, ForeignKey> _made = [];
    private int _generated;

    public static TheoryData<string> Algorithms => [.. Judges.Algorithms];

    internal Gpg Gpg => _gpg;

    internal ForeignKey Of(string algorithm)
    {
        if (!_made.TryGetValue(algorithm, out var key))
            _made[algorithm] = key = Make(algorithm);
        return key;
    }

    /// <summary>Makes a key with GnuPG and gives its fingerprint.</summary>
    internal string Generate(string algorithm, string use, string expires)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"QR {algorithm} <qr{++_generated}@qr.example>");
        var said = _gpg.Run("--passphrase", "", "--quick-gen-key", name, algorithm, use, expires);
        return said.Split('\n').First(l => l.Contains("KEY_CREATED", StringComparison.Ordinal)).Split(' ')[3].Trim();
    }

    /// <summary>Adds a subkey to encrypt to.</summary>
    internal void AddEncryption(string fingerprint, string algorithm, params string[] options)
    {
        var subkey = algorithm == "ed25519" ? "cv25519" : algorithm;
        _gpg.Run([.. options, "--passphrase", "", "--quick-add-key", fingerprint, subkey, "encr", "never"]);
    }

    public void Dispose()
    {
        foreach (var key in _made.Values)
            key.Secret.Dispose();
        _gpg.Dispose();
    }

    private ForeignKey Make(string algorithm)
    {
        var fingerprint = Generate(algorithm, "cert,sign", "never");
        AddEncryption(fingerprint, algorithm);
        _gpg.Run("--output", $"{fingerprint}.pub", "--export", fingerprint);
        _gpg.Run("--passphrase", "", "--output", $"{fingerprint}.sec", "--export-secret-keys", fingerprint);
        var secret = SecretKey.Read(_gpg.Get($"{fingerprint}.sec"), null);
        Assert.Null(secret.Refusal);
        return new ForeignKey(
            Certificate.Read(_gpg.Get($"{fingerprint}.pub")).Certificate!,
            secret.Key!,
            Path.Combine(_gpg.Home, $"{fingerprint}.sec")
        );
    }
}

/// <summary>One of them, as GnuPG exported it and we read it.</summary>
/// <param name="Certificate">Its public side.</param>
/// <param name="Secret">Its secret side.</param>
/// <param name="SecretFile">The file with the unprotected secret key.</param>
internal sealed record ForeignKey(Certificate Certificate, SecretKey Secret, string SecretFile);
