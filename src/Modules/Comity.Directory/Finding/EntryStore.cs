using Comity.Directory.Data;
using Comity.Kernel;
using Comity.Kernel.Data;
using Comity.Protocol;
using Comity.Protocol.Directories;
using Microsoft.EntityFrameworkCore;

namespace Comity.Directory.Finding;

/// <summary>Keeps every valid version of every entry, whoever brought it.</summary>
internal sealed class EntryStore(Roll roll, IEnumerable<IDirectoryListener> listeners, TimeProvider clock)
{
    /// <summary>Inside a write: keeps a version, once, and says that the directory changed.</summary>
    public async Task KeepAsync(AppDb db, CheckedEntry entry, string source, CancellationToken ct)
    {
        await RollStamp.TouchAsync(db, clock, ct);
        var digest = entry.Source.Digest;
        var now = clock.Utc();
        var kept =
            db.Set<EntryVersion>().Local.FirstOrDefault(v => v.Digest == digest)
            ?? await db.Set<EntryVersion>().SingleOrDefaultAsync(v => v.Digest == digest, ct);
        if (kept is null)
            db.Add(kept = new EntryVersion(Ids.New(clock), entry, source, now));
        if (entry.IsRevoked(now))
            kept.Revokes();
    }

    /// <summary>
    /// Inside a write: keeps what is not kept yet, and leaves everything else alone. A poll of a directory of thousands
    /// that has not changed reads digests only.
    /// </summary>
    public async Task KeepNewAsync(AppDb db, IReadOnlyList<CheckedEntry> held, string source, CancellationToken ct)
    {
        var now = clock.Utc();
        var digests = held.Select(e => e.Source.Digest).ToList();
        var kept = await db.Set<EntryVersion>()
            .AsNoTracking()
            .Where(v => digests.Contains(v.Digest))
            .Select(v => new { v.Digest, v.Source })
            .ToDictionaryAsync(v => v.Digest, v => v.Source, ct);
        foreach (var entry in held)
            if (
                !kept.TryGetValue(entry.Source.Digest, out var there)
                || (entry.IsRevoked(now) && there is not (EntryVersion.Revocation or "own"))
            )
                await KeepAsync(db, entry, source, ct);
    }

    /// <summary>Before the write: which offices gain a key that can be sealed to, if these entries come into use.</summary>
    public async Task<NewlyUsable> CompareAsync(IEnumerable<CheckedEntry> coming, CancellationToken ct)
    {
        var now = clock.Utc();
        var page = await roll.ReadAsync(ct);
        var offices = coming
            .SelectMany(e => e.Core.Offices.Select(o => (Entry: e, Office: o.Name)))
            .Where(o =>
                o.Entry.OfficeCertificate(o.Office)?.Standing(OpenPgp.KeyUse.Encrypt, now) == OpenPgp.KeyStanding.Usable
            )
            .Where(o => page.Find(o.Entry.Core.Code)?.IsUsable(o.Office, now) != true)
            .Select(o => o.Office)
            .Distinct()
            .ToList();
        return new NewlyUsable(offices, listeners);
    }
}

/// <summary>Offices that had no usable key and have one once the write is committed.</summary>
internal sealed record NewlyUsable(IReadOnlyList<OfficeName> Offices, IEnumerable<IDirectoryListener> Listeners)
{
    public async Task TellAsync(AppDb db, CancellationToken ct)
    {
        foreach (var listener in Listeners)
        foreach (var office in Offices)
            await listener.KeyBecameUsableAsync(db, office, ct);
    }
}
