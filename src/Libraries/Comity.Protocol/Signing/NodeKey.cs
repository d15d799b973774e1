using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Org.BouncyCastle.Math.EC.Rfc8032;

namespace Comity.Protocol.Signing;

/// <summary>A node's Ed25519 key (RFC 8032), for HTTP signatures, receipts and errors. Zeroed when disposed.</summary>
public sealed class NodeKey : IDisposable
{
    private readonly byte[] seed;

    private NodeKey(byte[] seed)
    {
        this.seed = seed;
        var octets = new byte[Ed25519.PublicKeySize];
        Ed25519.GeneratePublicKey(seed, 0, octets, 0);
        PublicKey = NodePublicKey.FromOctets(octets);
    }

    /// <summary>The public half.</summary>
    public NodePublicKey PublicKey { get; }

    /// <summary>A new key from the system's random source.</summary>
    public static NodeKey Create() => new(RandomNumberGenerator.GetBytes(Ed25519.SecretKeySize));

    /// <summary>The key of a seed of 32 octets; throws <see cref="ArgumentException"/> on another length.</summary>
    public static NodeKey FromSeed(ReadOnlySpan<byte> seed) =>
        seed.Length == Ed25519.SecretKeySize
            ? new NodeKey(seed.ToArray())
            : throw new ArgumentException("An Ed25519 seed has 32 octets.", nameof(seed));

    /// <summary>The seed, only for sealed storage.</summary>
    public byte[] ToSeed() => [.. seed];

    /// <summary>Signs these octets; 64 octets.</summary>
    public byte[] Sign(ReadOnlySpan<byte> octets)
    {
        var signature = new byte[Ed25519.SignatureSize];
        var message = octets.ToArray();
        Ed25519.Sign(seed, 0, message, 0, message.Length, signature, 0);
        return signature;
    }

    /// <inheritdoc/>
    public void Dispose() => CryptographicOperations.ZeroMemory(seed);
}

/// <summary>The public half of a <see cref="NodeKey"/>.</summary>
public readonly record struct NodePublicKey
{
    private const string Prefix = "ed25519:";
    private readonly string? id;

    private NodePublicKey(string id) => this.id = id;

    /// <summary><c>ed25519:</c> and the 32 octets in base64url.</summary>
    public string Id => id ?? "";

    /// <summary>A key from its 32 octets; throws <see cref="ArgumentException"/> on another length.</summary>
    public static NodePublicKey FromOctets(ReadOnlySpan<byte> octets) =>
        octets.Length == Ed25519.PublicKeySize
            ? new NodePublicKey(Prefix + Base64Url.EncodeToString(octets))
            : throw new ArgumentException("An Ed25519 public key has 32 octets.", nameof(octets));

    /// <summary>Reads an id; false where it is not one in its only form.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out NodePublicKey key)
    {
        key = default;
        if (text is not { Length: 51 } || !text.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return false;
        }

        Span<byte> octets = stackalloc byte[Ed25519.PublicKeySize];
        if (
            !Base64Url.IsValid(text.AsSpan(Prefix.Length))
            || Base64Url.DecodeFromChars(text.AsSpan(Prefix.Length), octets) != Ed25519.PublicKeySize
        )
        {
            return false;
        }

        key = FromOctets(octets);
        return string.Equals(key.Id, text, StringComparison.Ordinal);
    }

    /// <summary>The 32 octets.</summary>
    public byte[] ToOctets() => Base64Url.DecodeFromChars(Id.AsSpan(Prefix.Length));

    /// <summary>Whether the signature of these octets is this key's.</summary>
    public bool Verify(ReadOnlySpan<byte> octets, ReadOnlySpan<byte> signature)
    {
        if (id is null || signature.Length != Ed25519.SignatureSize)
        {
            return false;
        }

        var message = octets.ToArray();
        return Ed25519.Verify(signature.ToArray(), 0, ToOctets(), 0, message, 0, message.Length);
    }

    /// <inheritdoc/>
    public override string ToString() => Id;
}
