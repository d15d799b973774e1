using System.Collections.Concurrent;
using Comity.Directory;
using Comity.Kernel.Data;
using Comity.Kernel.Keys;
using Comity.OpenPgp;
using Comity.Protocol.Envelopes;
using Microsoft.EntityFrameworkCore;

namespace Comity.Exchange.Receiving;

/// <summary>
/// Our offices with every key that they ever had: what was sealed to a retired key is opened as well. A key is opened
/// once and stays open while the node runs, because reading all of them for each envelope is the dearest part of it.
/// </summary>
internal sealed class OfficeKeys(KeyStore keys) : IDisposable
{
    // By row: the secret in a row never changes, so nothing here grows stale.
    private readonly ConcurrentDictionary<Guid, Lazy<SecretKey>> _open = new();

    /// <summary>The keys stay with this store; nobody else disposes of them.</summary>
    public async Task<IReadOnlyList<ReceivingOffice>> OfficesAsync(AppDb db, HomeCard home, CancellationToken ct)
    {
        var held = await db.Set<HeldKey>()
            .AsNoTracking()
            .Where(k => k.Purpose == KeyPurpose.Office)
            .OrderByDescending(k => k.Created)
            .Select(k => new { k.Id, k.Subject })
            .ToListAsync(ct);
        await OpenAsync(db, [.. held.Select(k => k.Id).Where(id => !_open.ContainsKey(id))], ct);
        var bySubject = held.ToLookup(k => k.Subject, k => _open[k.Id].Value, StringComparer.Ordinal);
        return
        [
            .. home
                .Participants.SelectMany(p => p.Offices)
                .Select(o => new ReceivingOffice(o.Office, o.MailAddress, [.. bySubject[o.Office.Value]])),
        ];
    }

    public void Dispose()
    {
        foreach (var key in _open.Values.Where(k => k.IsValueCreated))
            key.Value.Dispose();
        _open.Clear();
    }

    private async Task OpenAsync(AppDb db, IReadOnlyList<Guid> missing, CancellationToken ct)
    {
        if (missing.Count == 0)
            return;
        foreach (var row in await db.Set<HeldKey>().AsNoTracking().Where(k => missing.Contains(k.Id)).ToListAsync(ct))
            _open.GetOrAdd(row.Id, _ => new Lazy<SecretKey>(() => keys.Open(row)));
    }
}
