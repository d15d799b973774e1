using System.Security.Cryptography;

namespace Comity.Kernel.Sealing;

/// <summary>
/// The key under which everything that a node keeps sealed is sealed. It comes from a file or a credential store, is
/// never in a backup, and never in the database.
/// </summary>
public sealed class MasterKey : IDisposable
{
    public const int Bytes = 32;
    private readonly byte[] _key;

    public MasterKey(ReadOnlySpan<byte> key)
    {
        if (key.Length != Bytes)
            throw new ArgumentException($"A master key has {Bytes} bytes.", nameof(key));
        _key = key.ToArray();
    }

    /// <summary>A key for one purpose, so that no two uses share one (HKDF-SHA-256, RFC 5869).</summary>
    internal byte[] For(string purpose) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, _key, Bytes, info: System.Text.Encoding.UTF8.GetBytes(purpose));

    /// <summary>Reads the key from its file; 64 hexadecimal digits.</summary>
    public static MasterKey FromFile(string path) => new(Convert.FromHexString(File.ReadAllText(path).Trim()));

    /// <summary>Makes a key and writes it for the owner's eyes only; never overwrites one.</summary>
    public static MasterKey Create(string path)
    {
        var key = RandomNumberGenerator.GetBytes(Bytes);
        Hosting.PrivateFile.Create(path, Convert.ToHexStringLower(key) + "\n");
        return new MasterKey(key);
    }

    public void Dispose() => CryptographicOperations.ZeroMemory(_key);
}
