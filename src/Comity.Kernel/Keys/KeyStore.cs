using System.Collections.Concurrent;
using Comity.Kernel.Data;
using Comity.Kernel.Sealing;
using Comity.OpenPgp;
using Comity.Protocol.Signing;
using Microsoft.EntityFrameworkCore;

namespace Comity.Kernel.Keys;

/// <summary>Keeps the private keys of a node and opens them for use.</summary>
public sealed class KeyStore(Vault vault, TimeProvider clock) : IDisposable
{
    private readonly ConcurrentDictionary<Guid, NodeKey> _nodeKeys = new();

    /// <summary>By then a new node key has reached those who follow a directory: collected, published, polled.</summary>
    public static readonly TimeSpan UntilKnown = TimeSpan.FromHours(1);

    /// <summary>Takes an OpenPGP key in; the caller adds the result to its transaction.</summary>
    /// <param name="key">The key, with as much of its secret as this node may hold.</param>
    /// <param name="purpose">What it is for.</param>
    /// <param name="subject">Whose it is.</param>
    /// <param name="withoutPrimary">True where the primary secret stays elsewhere and only subkeys are kept.</param>
    public HeldKey Hold(SecretKey key, KeyPurpose purpose, string subject, bool withoutPrimary = false)
    {
        var held = New(purpose, subject, key.Certificate.Fingerprint);
        // Where the primary stays elsewhere, what is held ends with the signing key.
        held.Expires = withoutPrimary ? key.Certificate.UsableUntil(KeyUse.Sign) : key.Certificate.Expires;
        held.Public = key.Certificate.ToOctets();
        var secret = withoutPrimary ? key.ToOctetsWithoutPrimary() : key.ToOctets();
        held.SealedSecret = vault.SealSecret(secret, Purpose(held));
        return held;
    }

    /// <summary>Takes a node key in.</summary>
    public HeldKey Hold(NodeKey key, string subject, DateTime expires)
    {
        var held = New(KeyPurpose.Node, subject, key.PublicKey.Id);
        held.Expires = expires;
        held.Public = key.PublicKey.ToOctets();
        held.SealedSecret = vault.SealSecret(key.ToSeed(), Purpose(held));
        return held;
    }

    /// <summary>Keeps the revocation that was made together with a key.</summary>
    public void KeepRevocation(HeldKey held, ReadOnlySpan<byte> revocation) =>
        held.SealedRevocation = vault.SealSecret(revocation, Purpose(held) + ":revocation");

    /// <summary>The revocation made together with the key; null where none was kept.</summary>
    public byte[]? Revocation(HeldKey held) =>
        held.SealedRevocation.Length == 0
            ? null
            : vault.OpenSecret(held.SealedRevocation, Purpose(held) + ":revocation");

    /// <summary>Opens an OpenPGP key; dispose of it soon.</summary>
    public SecretKey Open(HeldKey held)
    {
        var reading = SecretKey.Read(vault.OpenSecret(held.SealedSecret, Purpose(held)), passphrase: null);
        return reading.Key
            ?? throw new InvalidOperationException(
                $"The held key {held.Fingerprint} cannot be read: {reading.Refusal}."
            );
    }

    /// <summary>Opens a node key; dispose of it soon.</summary>
    public NodeKey OpenNode(HeldKey held) => NodeKey.FromSeed(vault.OpenSecret(held.SealedSecret, Purpose(held)));

    /// <summary>The key in use now for a purpose and a subject; null where there is none.</summary>
    public static Task<HeldKey?> CurrentAsync(AppDb db, KeyPurpose purpose, string subject, CancellationToken ct) =>
        db.Set<HeldKey>()
            .AsNoTracking()
            .Where(k => k.Purpose == purpose && k.Subject == subject && k.Retired == null && k.Revoked == null)
            .OrderByDescending(k => k.Created)
            .FirstOrDefaultAsync(ct);

    /// <summary>
    /// The key with which this node signs now; null where it has none. Others learn a new node key when they next look
    /// into their directories, which takes half an hour; until then the one before signs, and is retired that much later.
    /// </summary>
    public async Task<HeldKey?> CurrentNodeAsync(AppDb db, CancellationToken ct)
    {
        var now = clock.Utc();
        var current = await db.Set<HeldKey>()
            .AsNoTracking()
            .Where(k => k.Purpose == KeyPurpose.Node && k.Revoked == null)
            .Where(k => (k.Retired == null || k.Retired > now) && (k.Expires == null || k.Expires > now))
            .OrderByDescending(k => k.Created)
            .ToListAsync(ct);
        var known = now - UntilKnown;
        return current.Find(k => k.Created <= known) ?? current.LastOrDefault();
    }

    /// <summary>Opens that key; it stays with this store, because it signs every request and every receipt.</summary>
    public async Task<NodeKey?> OpenNodeAsync(AppDb db, CancellationToken ct)
    {
        if (await CurrentNodeAsync(db, ct) is not { } held)
            return null;
        // By row: the secret in a row never changes, so nothing here grows stale.
        if (_nodeKeys.TryGetValue(held.Id, out var there))
            return there;
        var key = OpenNode(held);
        if (_nodeKeys.TryAdd(held.Id, key))
            return key;
        key.Dispose();
        return _nodeKeys[held.Id];
    }

    public void Dispose()
    {
        foreach (var key in _nodeKeys.Values)
            key.Dispose();
        _nodeKeys.Clear();
    }

    private HeldKey New(KeyPurpose purpose, string subject, string fingerprint) =>
        new(Ids.New(clock), purpose, subject, fingerprint, clock.Utc());

    private static string Purpose(HeldKey held) => $"key:{held.Id:N}";
}
