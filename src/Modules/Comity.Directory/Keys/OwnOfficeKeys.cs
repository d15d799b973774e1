using Comity.Directory.Finding;
using Comity.Kernel;
using Comity.Kernel.Data;
using Comity.Kernel.Keys;
using Comity.OpenPgp;
using Comity.Protocol;
using Comity.Protocol.Directories;
using Microsoft.EntityFrameworkCore;

namespace Comity.Directory.Keys;

/// <summary>
/// How the keys of this node's own offices stand here. The entry shows only what the participant key has put there, so a
/// key that is revoked on this node alone looks usable in it.
/// </summary>
internal sealed class OwnOfficeKeys(Roll roll, TimeProvider clock)
{
    /// <summary>The own offices that cannot send, or that others go on sealing to as if nothing had happened.</summary>
    public async Task<IReadOnlyDictionary<OfficeName, OwnKeyFault>> FaultsAsync(AppDb db, CancellationToken ct)
    {
        var now = clock.Utc();
        var held = (
            await db.Set<HeldKey>().AsNoTracking().Where(k => k.Purpose == KeyPurpose.Office).ToListAsync(ct)
        ).ToLookup(k => k.Subject, StringComparer.Ordinal);
        var own = (await roll.ReadAsync(ct)).InOrder.Where(e => e.Home).ToList();
        return own.SelectMany(e => e.Entry.Core.Offices.Where(IsHeldHere).Select(o => (Entry: e, Office: o.Name)))
            .Select(o =>
                (o.Office, Fault: Fault([.. held[o.Office.Value]], o.Entry.Keys.GetValueOrDefault(o.Office), now))
            )
            .Where(o => o.Fault is not null)
            .ToDictionary(o => o.Office, o => o.Fault!.Value);
    }

    /// <summary>The cards with what is wrong on this node.</summary>
    public static IReadOnlyList<OfficeCard> Marked(
        IReadOnlyList<OfficeCard> cards,
        IReadOnlyDictionary<OfficeName, OwnKeyFault> faults
    ) => [.. cards.Select(c => faults.TryGetValue(c.Office, out var fault) ? c with { OwnKeyFault = fault } : c)];

    // A person's own program, or somebody else's node, has the key of the others.
    private static bool IsHeldHere(OfficeEntry office) => office.Custody == Custody.OwnNode;

    private static OwnKeyFault? Fault(IReadOnlyList<HeldKey> held, Certificate? named, DateTime now)
    {
        if (
            named is not null
            && named.Standing(KeyUse.Encrypt, now) is not (KeyStanding.Revoked or KeyStanding.RevokedCompromised)
            && held.Any(k => k.Revoked is not null && k.Fingerprint == named.Fingerprint)
        )
            return OwnKeyFault.RevokedHere;
        var current = held.Where(k => k.IsCurrent).MaxBy(k => k.Created);
        return
            current is not null
            && Certificate.Read(current.Public).Certificate?.Standing(KeyUse.Sign, now) == KeyStanding.Usable
            ? null
            : OwnKeyFault.NoneUsable;
    }
}
