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
    KeyStore keys,
    IEnumerable<IDirectoryListener> listeners,
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
            return KeyProblems.NotReadable(reading.Refusal!.Value);
        await using var db = databases.Open(Viewer.System("directory.keys"));
        var home = await db.Set<HomeParticipant>()
            .AsNoTracking()
            .SingleOrDefaultAsync(h => h.Fingerprint == key.Certificate.Fingerprint, ct);
        using (key)
            return home is not null && key.HasPrimary
                ? (home, await AsPublishedAsync(db, home, key, ct))
                : KeyProblems.NotTheParticipantKey;
    }

    /// <summary>
    /// What lies offline is as old as the day when it was written. The certificate that was published since shows newer
    /// entry keys and revoked ones, and must go on showing them; the newest entry key is held here.
    /// </summary>
    private async Task<SecretKey> AsPublishedAsync(
        AppDb db,
        HomeParticipant home,
        SecretKey offline,
        CancellationToken ct
    )
    {
        using var published = offline.WithCertificate(Certificate.Read(home.Certificate).Certificate!);
        if (await KeyStore.CurrentAsync(db, KeyPurpose.Entry, home.Code.Value, ct) is not { } held)
            return published.WithSecretsOf(offline);
        using var entry = keys.Open(held);
        return published.WithSecretsOf(entry);
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
        if (key.Certificate.Standing(KeyUse.Sign, now) != KeyStanding.Usable)
            return KeyProblems.ParticipantKeyOver;
        var entry = EntrySigning.Changed(home, core, key, now);
        return await StoreAsync(viewer, home, entry, await entries.CompareAsync([entry], ct), store, ct);
    }

    /// <summary>Publishes that the participant key is revoked. Nothing can be signed under it afterwards.</summary>
    public async Task<Outcome<CheckedEntry>> EndAsync(
        Viewer viewer,
        HomeParticipant home,
        SecretKey key,
        Certificate revoked,
        Func<AppDb, CancellationToken, Task> store,
        CancellationToken ct
    )
    {
        var now = clock.Utc();
        if (key.Certificate.Standing(KeyUse.Sign, now) != KeyStanding.Usable)
            return KeyProblems.ParticipantKeyOver;
        var entry = EntrySigning.Revoked(home, revoked, key, now);
        return await StoreAsync(viewer, home, entry, new NewlyUsable([], []), store, ct);
    }

    private async Task<Outcome<CheckedEntry>> StoreAsync(
        Viewer viewer,
        HomeParticipant home,
        CheckedEntry entry,
        NewlyUsable usable,
        Func<AppDb, CancellationToken, Task> store,
        CancellationToken ct
    ) =>
        await gate.WriteAsync<Outcome<CheckedEntry>>(
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

    /// <summary>The core with another certificate for one office, certified by the participant key.</summary>
    public static EntryCore WithOfficeKey(EntryCore core, OfficeName office, Certificate certificate) =>
        core with
        {
            Offices =
            [
                .. core.Offices.Select(o => o.Name == office ? o with { Certificate = certificate.ToOctets() } : o),
            ],
        };

    /// <summary>
    /// Inside a write: the new key is used from now on, the one before is kept for what was sealed to it. A node key goes
    /// on signing until others can know the new one, unless somebody else may hold it.
    /// </summary>
    public static async Task HoldAsync(AppDb db, HeldKey held, CancellationToken ct, bool compromised = false)
    {
        var from = held.Purpose == KeyPurpose.Node && !compromised ? held.Created + KeyStore.UntilKnown : held.Created;
        var before = await db.Set<HeldKey>()
            .Where(k => k.Purpose == held.Purpose && k.Subject == held.Subject)
            .Where(k => (k.Retired == null || k.Retired > held.Created) && k.Revoked == null)
            .ToListAsync(ct);
        before.ForEach(k => k.Retire(from));
        db.Add(held);
    }

    /// <summary>Inside a write: the same, and whoever waited for a key of that office hears of it.</summary>
    public async Task UseAsync(AppDb db, HeldKey held, CancellationToken ct, bool compromised = false)
    {
        await HoldAsync(db, held, ct, compromised);
        if (held.Purpose != KeyPurpose.Office)
            return;
        foreach (var listener in listeners)
            await listener.OwnKeyCameIntoUseAsync(db, OfficeName.Parse(held.Subject), ct);
    }
}
