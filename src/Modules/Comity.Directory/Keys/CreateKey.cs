using Comity.Directory.Data;
using Comity.Directory.Keeping;
using Comity.Directory.SettingUp;
using Comity.Kernel;
using Comity.Kernel.Hosting;
using Comity.Kernel.Keys;
using Comity.Kernel.Outcomes;
using Comity.Kernel.Viewing;
using Comity.OpenPgp;
using Comity.Protocol;
using Comity.Protocol.Directories;
using Comity.Protocol.Signing;

namespace Comity.Directory.Keys;

/// <summary>Makes a new key in the place of an old one, which is kept for what was sealed to it.</summary>
/// <param name="ParticipantKey">The participant key, armoured, from its offline medium; used in memory only.</param>
/// <param name="Passphrase">Of that key.</param>
/// <param name="Office">The office whose key it is; null for another purpose.</param>
/// <param name="Purpose"><c>office</c> (where nothing is said), <c>entry</c> or <c>node</c>.</param>
internal sealed record CreateKey(
    string ParticipantKey,
    string Passphrase,
    string? Office = null,
    string? Purpose = null
);

/// <param name="Office">The office, or the participant, or the node.</param>
/// <param name="Fingerprint">Of the new key.</param>
/// <param name="Sequence">Sequence of the entry that names it.</param>
/// <param name="Expires">UTC.</param>
internal sealed record CreatedKey(string Office, string Fingerprint, long Sequence, DateTime? Expires);

internal sealed class CreateKeyHandler(
    ParticipantKeys participants,
    KeyStore keys,
    NodeOptions options,
    TimeProvider clock
)
{
    public async Task<Outcome<CreatedKey>> HandleAsync(CreateKey request, Viewer viewer, CancellationToken ct)
    {
        var opened = await participants.OpenAsync(request.ParticipantKey, request.Passphrase, ct);
        if (opened.Problem is { } problem)
            return problem;
        var (home, participant) = opened.Value;
        using (participant)
            return request.Purpose switch
            {
                "entry" => await EntryAsync(viewer, home, participant, ct),
                "node" => await NodeAsync(viewer, home, participant, ct),
                _ => await OfficeAsync(viewer, home, participant, request.Office, ct),
            };
    }

    private async Task<Outcome<CreatedKey>> OfficeAsync(
        Viewer viewer,
        HomeParticipant home,
        SecretKey participant,
        string? name,
        CancellationToken ct
    )
    {
        var core = EntryCoreJson.Read(home.Core).Value!;
        if (!OfficeName.TryParse(name, out var office) || core.Office(office) is not { } there)
            return KeyProblems.NoSuchOffice.With("office", name ?? "");
        var now = clock.Utc();
        using var key = MadeKeys.Office(office, there.MailAddress, now);
        var held = keys.Hold(key, KeyPurpose.Office, office.Value);
        keys.KeepRevocation(held, key.RevocationCertificate(RevocationReason.None, now));
        var certified = participant.Certify(key.Certificate, now);
        return await StoreAsync(
            viewer,
            home,
            participant,
            held,
            c => ParticipantKeys.WithOfficeKey(c, office, certified),
            ct
        );
    }

    private async Task<Outcome<CreatedKey>> EntryAsync(
        Viewer viewer,
        HomeParticipant home,
        SecretKey participant,
        CancellationToken ct
    )
    {
        using var renewed = participant.WithNewSigningKey(clock.Utc(), EntryTerms.EntryKey);
        var held = keys.Hold(renewed, KeyPurpose.Entry, home.Code.Value, withoutPrimary: true);
        return await StoreAsync(viewer, home, renewed, held, core => core, ct);
    }

    private async Task<Outcome<CreatedKey>> NodeAsync(
        Viewer viewer,
        HomeParticipant home,
        SecretKey participant,
        CancellationToken ct
    )
    {
        using var key = NodeKey.Create();
        var grant = FirstCore.Grant(key.PublicKey, clock.Utc());
        var held = keys.Hold(key, options.BaseUrl.AbsoluteUri, grant.Until);
        return await StoreAsync(viewer, home, participant, held, core => WithNodeKey(core, grant), ct);
    }

    /// <summary>The old grants stay until they end: others may not have polled yet, and receipts name the old key.</summary>
    private EntryCore WithNodeKey(EntryCore core, NodeKeyGrant grant) =>
        core with
        {
            NodeKeys = [.. core.NodeKeys.Where(g => g.Until > clock.Utc()).TakeLast(3), grant],
        };

    private async Task<Outcome<CreatedKey>> StoreAsync(
        Viewer viewer,
        HomeParticipant home,
        SecretKey participant,
        HeldKey held,
        Func<EntryCore, EntryCore> change,
        CancellationToken ct
    )
    {
        var outcome = await participants.ChangeAsync(
            viewer,
            home,
            participant,
            change,
            async (db, token) =>
            {
                await ParticipantKeys.RetireAsync(db, held.Purpose, held.Subject, clock.Utc(), token);
                db.Add(held);
            },
            ct
        );
        return outcome.Then(entry => new CreatedKey(
            held.Subject,
            held.Fingerprint,
            entry.Source.Value.Sequence,
            held.Expires
        ));
    }
}
