using System.Text;
using Comity.Directory.Data;
using Comity.Directory.Finding;
using Comity.Directory.Keeping;
using Comity.Kernel;
using Comity.Kernel.Data;
using Comity.Kernel.Keys;
using Comity.Kernel.Outcomes;
using Comity.Kernel.Viewing;
using Comity.Kernel.Writing;
using Comity.OpenPgp;
using Comity.Protocol;
using Comity.Protocol.Directories;
using Microsoft.EntityFrameworkCore;

namespace Comity.Directory.Keys;

/// <summary>
/// Changes of a core: the participant key comes from its offline medium, vouches for the new core, and is wiped. It is
/// never stored.
/// </summary>
internal sealed class ParticipantKeys(
    AppDbFactory databases,
    WriteGate gate,
    OwnEntries own,
    EntryStore entries,
    TimeProvider clock
)
{
    /// <summary>Opens a participant key that was handed in, and finds the participant of this node that it belongs to.</summary>
    public async Task<Outcome<(HomeParticipant Home, SecretKey Key)>> OpenAsync(
        string armoured,
        string passphrase,
        CancellationToken ct
    )
    {
        var reading = SecretKey.Read(Encoding.UTF8.GetBytes(armoured), passphrase);
        if (reading.Key is not { } key)
            return KeyProblems.NotReadable.With("reason", reading.Refusal!);
        await using var db = databases.Open(Viewer.System("directory.keys"));
        var home = await db.Set<HomeParticipant>()
            .AsNoTracking()
            .SingleOrDefaultAsync(h => h.Fingerprint == key.Certificate.Fingerprint, ct);
        if (home is not null && key.HasPrimary)
            return (home, key);
        key.Dispose();
        return KeyProblems.NotTheParticipantKey;
    }

    /// <summary>Signs a changed core and stores it with what belongs to it, in one write.</summary>
    /// <param name="viewer">On whose behalf.</param>
    /// <param name="home">As it was read.</param>
    /// <param name="key">The participant key.</param>
    /// <param name="change">What changes in the core.</param>
    /// <param name="store">What else the same write stores.</param>
    /// <param name="ct">Cancellation.</param>
    public async Task<Outcome<CheckedEntry>> ChangeAsync(
        Viewer viewer,
        HomeParticipant home,
        SecretKey key,
        Func<EntryCore, EntryCore> change,
        Func<AppDb, CancellationToken, Task> store,
        CancellationToken ct
    )
    {
        var now = clock.Utc();
        var core = change(EntryCoreJson.Read(home.Core).Value!);
        var entry = EntrySigning.Changed(home, core, key, now);
        var usable = await entries.CompareAsync([entry], ct);
        return await gate.WriteAsync<Outcome<CheckedEntry>>(
            viewer,
            async (db, token) =>
            {
                var row = await db.Set<HomeParticipant>().SingleAsync(h => h.Code == home.Code, token);
                if (row.Sequence != home.Sequence)
                    return KeyProblems.ChangedMeanwhile;
                await store(db, token);
                await own.StoreAsync(db, row, entry, usable, token);
                return entry;
            },
            ct
        );
    }

    /// <summary>The core with another certificate for one office, certified by the participant key.</summary>
    public static EntryCore WithOfficeKey(EntryCore core, OfficeName office, Certificate certificate) =>
        core with
        {
            Offices =
            [
                .. core.Offices.Select(o => o.Name == office ? o with { Certificate = certificate.ToOctets() } : o),
            ],
        };

    /// <summary>Inside a write: the new key is used from now on, the one before is kept for what was sealed to it.</summary>
    public static async Task HoldAsync(AppDb db, HeldKey held, CancellationToken ct)
    {
        var before = await db.Set<HeldKey>()
            .Where(k => k.Purpose == held.Purpose && k.Subject == held.Subject)
            .Where(k => k.Retired == null && k.Revoked == null)
            .ToListAsync(ct);
        before.ForEach(k => k.Retire(held.Created));
        db.Add(held);
    }
}
