using Comity.Directory.Data;
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
/// Takes the key of an office back for good. From then on the node neither seals nor signs with it. Everybody else sees
/// it as soon as the entry carries the revocation, and that needs the participant key: at once where it is handed in.
/// </summary>
/// <param name="WholeParticipant">An entry key has the fingerprint of its participant key: ending that has to be said.</param>
internal sealed record RevokeKey(
    string Fingerprint,
    string Reason,
    string? ParticipantKey = null,
    string? Passphrase = null,
    bool WholeParticipant = false
);

/// <param name="Fingerprint">Of the revoked key.</param>
/// <param name="Revocation">The certificate with its revocation, armoured, to be given to correspondents.</param>
/// <param name="Published">Whether the entry carries the revocation.</param>
/// <param name="Named">Whether the entry names the key at all; where it does not, nobody seals to it any more.</param>
internal sealed record RevokedKey(string Fingerprint, string Revocation, bool Published, bool Named = true);

internal sealed class RevokeKeyHandler(
    AppDb reading,
    WriteGate gate,
    ParticipantKeys participants,
    EndParticipantKey ending,
    KeyStore keys,
    TimeProvider clock
)
{
    public async Task<Outcome<RevokedKey>> HandleAsync(RevokeKey request, Viewer viewer, CancellationToken ct)
    {
        if (
            !Enum.TryParse<RevocationReason>(request.Reason, ignoreCase: true, out var reason)
            || !Enum.IsDefined(reason)
        )
            return KeyProblems.BadReason;
        var held = await HeldKeys.FindAsync(reading, request.Fingerprint, ct);
        if (held is null)
            return KeyProblems.NoSuchKey;
        if (held.Purpose == KeyPurpose.Entry && !request.WholeParticipant)
            return KeyProblems.WholeParticipant;
        if (held.Purpose == KeyPurpose.Entry && request.ParticipantKey is { } participant)
            return await ending.EndAsync(participant, request.Passphrase ?? "", viewer, held, reason, ct);
        if (held.Purpose != KeyPurpose.Office)
            return KeyProblems.NotRevocable;
        if (Revoked(held, reason) is not { } revoked)
            return KeyProblems.NoRevocation;
        if (request.ParticipantKey is { } participantKey)
            return await PublishAsync(participantKey, request.Passphrase ?? "", viewer, held, revoked, ct);
        return await gate.WriteAsync<Outcome<RevokedKey>>(
            viewer,
            async (db, token) =>
            {
                await HeldKeys.RevokeAsync(db, held, revoked, clock.Utc(), token);
                return new RevokedKey(held.Fingerprint, revoked.ToArmor(), Published: false);
            },
            ct
        );
    }

    /// <summary>Made now with the reason where the secret allows it; otherwise the one that was made with the key.</summary>
    private Certificate? Revoked(HeldKey held, RevocationReason reason)
    {
        using var key = keys.Open(held);
        var revocation = key.HasPrimary ? key.RevocationCertificate(reason, clock.Utc()) : keys.Revocation(held);
        return revocation is null ? null : key.Certificate.WithRevocation(revocation);
    }

    private async Task<Outcome<RevokedKey>> PublishAsync(
        string participantKey,
        string passphrase,
        Viewer viewer,
        HeldKey held,
        Certificate revoked,
        CancellationToken ct
    )
    {
        var opened = await participants.OpenAsync(participantKey, passphrase, ct);
        if (opened.Problem is { } problem)
            return problem;
        var (home, participant) = opened.Value;
        using (participant)
        {
            var office = OfficeName.Parse(held.Subject);
            if (home.Code != office.Participant)
                return KeyProblems.NotTheParticipantKey;
            var certified = participant.Certify(revoked, clock.Utc());
            var named = false;
            var outcome = await participants.ChangeAsync(
                viewer,
                home,
                participant,
                core =>
                    (named = Names(core, office, held)) ? ParticipantKeys.WithOfficeKey(core, office, certified) : core,
                (db, token) => HeldKeys.RevokeAsync(db, held, revoked, clock.Utc(), token),
                ct
            );
            return outcome.Then(_ => new RevokedKey(held.Fingerprint, revoked.ToArmor(), Published: named, named));
        }
    }

    private static bool Names(EntryCore core, OfficeName office, HeldKey held) =>
        core.Office(office)?.Certificate is { } octets
        && Certificate.Read(octets).Certificate?.Fingerprint == held.Fingerprint;
}
