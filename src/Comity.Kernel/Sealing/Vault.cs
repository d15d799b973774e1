using System.Collections.Concurrent;
using System.Security.Cryptography;
using Comity.Kernel.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Comity.Kernel.Sealing;

/// <summary>
/// Seals what the node keeps: content under the storage key of its conversation, secrets under the master key itself.
/// Destroying a storage key destroys everything that was sealed under it.
/// </summary>
public sealed class Vault(MasterKey master)
{
    private readonly byte[] _wrapping = master.For("storage keys");
    private readonly byte[] _secrets = master.For("secrets");
    private readonly byte[] _tokens = master.For("tokens");
    private readonly ConcurrentDictionary<Guid, byte[]> _open = new();

    /// <summary>Makes a storage key; the caller adds it to its own transaction.</summary>
    public StorageKey NewKey(TimeProvider clock)
    {
        var id = Ids.New(clock);
        var key = RandomNumberGenerator.GetBytes(MasterKey.Bytes);
        return new StorageKey(id, Sealed.Seal(_wrapping, key, Purpose(id)), clock.Utc());
    }

    public byte[] Seal(StorageKey key, ReadOnlySpan<byte> clear, string purpose) =>
        Sealed.Seal(Unwrap(key), clear, purpose);

    /// <exception cref="CryptographicException">Another key, another purpose, or changed bytes.</exception>
    public byte[] Open(StorageKey key, ReadOnlySpan<byte> piece, string purpose) =>
        Sealed.Open(Unwrap(key), piece, purpose);

    /// <summary>Seals a small secret of the node itself (a private key, a key ring).</summary>
    public byte[] SealSecret(ReadOnlySpan<byte> clear, string purpose) => Sealed.Seal(_secrets, clear, purpose);

    public byte[] OpenSecret(ReadOnlySpan<byte> piece, string purpose) => Sealed.Open(_secrets, piece, purpose);

    /// <summary>The same words give the same token, which without the master key says nothing: for look-ups of secrets.</summary>
    public string Token(ReadOnlySpan<byte> secret) => Convert.ToHexStringLower(HMACSHA256.HashData(_tokens, secret));

    private byte[] Unwrap(StorageKey key)
    {
        if (key.Wrapped.Length == 0)
            throw new CryptographicException("This storage key was destroyed.");
        return _open.GetOrAdd(key.Id, id => Sealed.Open(_wrapping, key.Wrapped, Purpose(id)));
    }

    internal void Forget(Guid key)
    {
        if (_open.TryRemove(key, out var bytes))
            CryptographicOperations.ZeroMemory(bytes);
    }

    private static string Purpose(Guid id) => $"storage-key:{id:N}";
}

/// <summary>The wrapped key of one conversation, draft or upload.</summary>
[Plumbing("A wrapped key opens nothing without the row that it belongs to, which has an audience")]
public sealed class StorageKey
{
    private StorageKey() { }

    internal StorageKey(Guid id, byte[] wrapped, DateTime created)
    {
        Id = id;
        Wrapped = wrapped;
        Created = created;
    }

    public Guid Id { get; private set; }

    internal byte[] Wrapped { get; private set; } = [];

    public DateTime Created { get; private set; }

    public DateTime? Destroyed { get; private set; }

    /// <summary>Makes everything sealed under this key unreadable for good.</summary>
    public void Destroy(Vault vault, DateTime now)
    {
        Wrapped = [];
        Destroyed = now;
        vault.Forget(Id);
    }
}

internal sealed class StorageKeyMap : IEntityTypeConfiguration<StorageKey>
{
    public void Configure(EntityTypeBuilder<StorageKey> e)
    {
        e.ToTable("kernel_storage_key");
        e.HasKey(k => k.Id);
        e.Property(k => k.Wrapped);
    }
}
