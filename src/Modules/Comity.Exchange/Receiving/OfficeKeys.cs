using System.Collections.Concurrent;
using System.Security.Cryptography;
using Comity.Kernel.Data;
using Comity.Kernel.Keys;
using Comity.OpenPgp;
using Comity.Protocol;
using Comity.Protocol.Envelopes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Comity.Exchange.Receiving;

/// <summary>
/// Our offices with every key that they ever had: what was sealed to a retired key is opened as well. A key is opened
/// once and stays open while the node runs, because reading all of them for each envelope is the dearest part of it. One
/// that cannot be read keeps nothing from being opened with the others, and is tried again each time.
/// </summary>
internal sealed class OfficeKeys(KeyStore keys, ILogger<OfficeKeys> log) : IDisposable
{
    // By row: the secret in a row never changes, so nothing here grows stale.
    private readonly ConcurrentDictionary<Guid, SecretKey> _open = new();

    /// <summary>The keys stay with this store; nobody else disposes of them.</summary>
    public async Task<IReadOnlyList<ReceivingOffice>> OfficesAsync(
        AppDb db,
        IReadOnlyDictionary<OfficeName, string> home,
        CancellationToken ct
    )
    {
        var held = await db.Set<HeldKey>()
            .AsNoTracking()
            .Where(k => k.Purpose == KeyPurpose.Office)
            .OrderByDescending(k => k.Created)
            .Select(k => new { k.Id, k.Subject })
            .ToListAsync(ct);
        await OpenAsync(db, [.. held.Select(k => k.Id).Where(id => !_open.ContainsKey(id))], ct);
        var bySubject = held.Where(k => _open.ContainsKey(k.Id))
            .ToLookup(k => k.Subject, k => _open[k.Id], StringComparer.Ordinal);
        return [.. home.Select(o => new ReceivingOffice(o.Key, o.Value, [.. bySubject[o.Key.Value]]))];
    }

    /// <summary>The key of this row; it stays with this store.</summary>
    /// <exception cref="InvalidOperationException">It cannot be read.</exception>
    public SecretKey Of(HeldKey held)
    {
        if (_open.TryGetValue(held.Id, out var there))
            return there;
        var key = keys.Open(held);
        if (_open.TryAdd(held.Id, key))
            return key;
        key.Dispose();
        return _open[held.Id];
    }

    public void Dispose()
    {
        foreach (var key in _open.Values)
            key.Dispose();
        _open.Clear();
    }

    private async Task OpenAsync(AppDb db, IReadOnlyList<Guid> missing, CancellationToken ct)
    {
        if (missing.Count == 0)
            return;
        foreach (var row in await db.Set<HeldKey>().AsNoTracking().Where(k => missing.Contains(k.Id)).ToListAsync(ct))
            Open(row);
    }

    private void Open(HeldKey row)
    {
        try
        {
            var key = keys.Open(row);
            // Somebody else opened it meanwhile.
            if (!_open.TryAdd(row.Id, key))
                key.Dispose();
        }
        catch (Exception e) when (e is CryptographicException or InvalidOperationException)
        {
            log.LogError(
                "The key {Fingerprint} of {Office} cannot be read: {Why}",
                row.Fingerprint,
                row.Subject,
                e.GetType().Name
            );
        }
    }
}
