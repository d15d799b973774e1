using System.Text;
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
/// Takes a private key in for an office. Where the entry names it already, or the participant key is handed in so that
/// the entry can name it, it is used from then on; otherwise it only opens what was sealed to it.
/// </summary>
/// <param name="Armoured">The key, as <c>keys export</c> or GnuPG writes it.</param>
/// <param name="Passphrase">Of that key.</param>
/// <param name="Office">The office.</param>
/// <param name="ParticipantKey">The participant key, armoured; optional.</param>
/// <param name="ParticipantPassphrase">Of the participant key.</param>
internal sealed record ImportKey(
    string Armoured,
    string Passphrase,
    string Office,
    string? ParticipantKey = null,
    string? ParticipantPassphrase = null
);

internal sealed class ImportKeyHandler(
    AppDb reading,
    WriteGate gate,
    ParticipantKeys participants,
    KeyStore keys,
    TimeProvider clock
)
{
    public async Task<Outcome<ImportedKey>> HandleAsync(ImportKey request, Viewer viewer, CancellationToken ct)
    {
        var home = OfficeName.TryParse(request.Office, out var office)
            ? await reading
                .Set<HomeParticipant>()
                .AsNoTracking()
                .SingleOrDefaultAsync(h => h.Code == office.Participant, ct)
            : null;
        if (home is null || EntryCoreJson.Read(home.Core).Value?.Office(office) is not { } there)
            return KeyProblems.NoSuchOffice.With("office", request.Office);
        var octets = Encoding.UTF8.GetBytes(request.Armoured);
        var read = SecretKey.Read(octets, request.Passphrase);
        if (read.Key is not { } key)
            return ImportRules.Unreadable(octets, read.Refusal!.Value);
        using (key)
        {
            var rules = await ImportRules.OfAsync(reading, key.Certificate, clock.Utc(), ct);
            if ((rules.Objection ?? (request.ParticipantKey is null ? null : rules.ObjectionToNaming)) is { } objection)
                return objection;
            var held = keys.Hold(key, KeyPurpose.Office, office.Value);
            if (key.HasPrimary)
                keys.KeepRevocation(held, key.RevocationCertificate(RevocationReason.None, clock.Utc()));
            if (request.ParticipantKey is { } participantKey)
                return await NameAsync(request, participantKey, viewer, office, key, held, ct);
            return await HoldAsync(viewer, office, held, rules.IsInUse(there.Certificate), ct);
        }
    }

    private Task<Outcome<ImportedKey>> HoldAsync(
        Viewer viewer,
        OfficeName office,
        HeldKey held,
        bool inUse,
        CancellationToken ct
    ) =>
        gate.WriteAsync<Outcome<ImportedKey>>(
            viewer,
            async (db, token) =>
            {
                if (!inUse)
                    held.Retire(clock.Utc());
                await (inUse ? participants.UseAsync(db, held, token) : db.AddAsync(held, token).AsTask());
                return new ImportedKey(office.Value, held.Fingerprint, inUse);
            },
            ct
        );

    private async Task<Outcome<ImportedKey>> NameAsync(
        ImportKey request,
        string participantKey,
        Viewer viewer,
        OfficeName office,
        SecretKey key,
        HeldKey held,
        CancellationToken ct
    )
    {
        var opened = await participants.OpenAsync(participantKey, request.ParticipantPassphrase ?? "", ct);
        if (opened.Problem is { } problem)
            return problem;
        var (home, participant) = opened.Value;
        using (participant)
        {
            if (home.Code != office.Participant)
                return KeyProblems.NotTheParticipantKey;
            var certified = participant.Certify(key.Certificate, clock.Utc());
            var outcome = await participants.ChangeAsync(
                viewer,
                home,
                participant,
                core => ParticipantKeys.WithOfficeKey(core, office, certified),
                (db, token) => participants.UseAsync(db, held, token),
                ct
            );
            return outcome.Then(_ => new ImportedKey(office.Value, held.Fingerprint, InUse: true));
        }
    }
}
