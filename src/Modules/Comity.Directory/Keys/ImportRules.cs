using Comity.Kernel.Data;
using Comity.Kernel.Keys;
using Comity.Kernel.Outcomes;
using Comity.OpenPgp;
using Microsoft.EntityFrameworkCore;

namespace Comity.Directory.Keys;

/// <summary>
/// What a key that is taken in may be used for. What was revoked here stays revoked, whatever the file shows: it may have
/// been written before.
/// </summary>
/// <param name="coming">The key's public side, as it was read.</param>
/// <param name="before">What this node holds under its fingerprint.</param>
/// <param name="now">The present, UTC.</param>
internal sealed class ImportRules(Certificate coming, IReadOnlyList<HeldKey> before, DateTime now)
{
    public static async Task<ImportRules> OfAsync(AppDb db, Certificate coming, DateTime now, CancellationToken ct) =>
        new(
            coming,
            await db.Set<HeldKey>().AsNoTracking().Where(k => k.Fingerprint == coming.Fingerprint).ToListAsync(ct),
            now
        );

    /// <summary>Why octets are no private key; whoever brings the public part of one is told so.</summary>
    public static Problem Unreadable(ReadOnlyMemory<byte> octets, KeyRefusal refusal) =>
        KeyProblems.NotReadable(Certificate.Read(octets).Certificate is null ? refusal : KeyRefusal.NoSecretMaterial);

    /// <summary>Why it is not taken in at all; null where nothing stands in the way.</summary>
    public Problem? Objection =>
        before.Any(k => k.IsCurrent && HasTheSameKeys(k)) ? KeyProblems.AlreadyHeld
        : coming.KeysFor(KeyUse.Encrypt).Count == 0 ? KeyProblems.OpensNothing
        : null;

    /// <summary>Why the entry is not made to name it; null where nothing stands in the way.</summary>
    public Problem? ObjectionToNaming =>
        IsRevokedHere ? KeyProblems.NotToBeNamed(KeyStanding.Revoked)
        : coming.KeysFor(KeyUse.Sign).Count == 0 ? KeyProblems.SignsNothing
        : KeyProblems.NotToBeNamed(coming.Standing(KeyUse.Encrypt, now))
            ?? KeyProblems.NotToBeNamed(coming.Standing(KeyUse.Sign, now));

    private bool IsRevokedHere => before.Any(k => k.Revoked is not null);

    /// <summary>Whether others believe what it signs now, because the entry names it as it is.</summary>
    public bool IsInUse(ReadOnlyMemory<byte>? named) =>
        !IsRevokedHere
        && coming.UsableKeyFor(KeyUse.Sign, now) is { } signer
        && named is { } octets
        && Certificate.Read(octets).Certificate?.UsableKeyFor(KeyUse.Sign, now) == signer;

    // With another subkey under the same primary key it was rolled over, and is another key to work with.
    private bool HasTheSameKeys(HeldKey held) =>
        Certificate.Read(held.Public).Certificate is { } there
        && there.KeysFor(KeyUse.Sign).Order().SequenceEqual(coming.KeysFor(KeyUse.Sign).Order())
        && there.KeysFor(KeyUse.Encrypt).Order().SequenceEqual(coming.KeysFor(KeyUse.Encrypt).Order());
}
