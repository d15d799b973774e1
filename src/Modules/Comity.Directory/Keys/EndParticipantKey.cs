using Comity.Kernel;
using Comity.Kernel.Keys;
using Comity.Kernel.Outcomes;
using Comity.Kernel.Viewing;
using Comity.OpenPgp;

namespace Comity.Directory.Keys;

/// <summary>
/// Ends a participant key as a whole, with the key itself at hand: the entry shows it revoked, every follower lets go of
/// what is held under it, and this node signs no entry under it any more.
/// </summary>
internal sealed class EndParticipantKey(ParticipantKeys participants, TimeProvider clock)
{
    /// <param name="participantKey">The participant key, armoured, from its offline medium; used in memory only.</param>
    /// <param name="passphrase">Of that key.</param>
    /// <param name="viewer">On whose behalf.</param>
    /// <param name="held">The entry key that this node holds; it has the fingerprint of the participant key.</param>
    /// <param name="reason">Why.</param>
    /// <param name="ct">Cancellation.</param>
    public async Task<Outcome<RevokedKey>> EndAsync(
        string participantKey,
        string passphrase,
        Viewer viewer,
        HeldKey held,
        RevocationReason reason,
        CancellationToken ct
    )
    {
        var opened = await participants.OpenAsync(participantKey, passphrase, ct);
        if (opened.Problem is { } problem)
            return problem;
        var (home, key) = opened.Value;
        using (key)
        {
            if (home.Fingerprint != held.Fingerprint)
                return KeyProblems.NotTheParticipantKey;
            var revoked = key.Certificate.WithRevocation(key.RevocationCertificate(reason, clock.Utc()))!;
            var outcome = await participants.EndAsync(
                viewer,
                home,
                key,
                revoked,
                (db, token) => HeldKeys.RevokeAsync(db, held, revoked, clock.Utc(), token),
                ct
            );
            return outcome.Then(_ => new RevokedKey(held.Fingerprint, revoked.ToArmor(), Published: true));
        }
    }
}
