using Comity.Directory.Data;
using Comity.Directory.Finding;
using Comity.Directory.Following;
using Comity.Directory.Managing;
using Comity.Kernel;
using Comity.Kernel.Data;
using Comity.Kernel.Outcomes;
using Comity.Kernel.Viewing;
using Comity.Kernel.Writing;
using Comity.Protocol;
using Comity.Protocol.Directories;
using Microsoft.EntityFrameworkCore;

namespace Comity.Directory.Confirming;

/// <summary>
/// A person says: I compared this fingerprint with somebody of that participant, over another channel. The second
/// person makes it confirmed; another key that was held for people then comes into use. Whoever is at the socket counts
/// as one, whatever name is given: the second word comes from somebody who has signed in.
/// </summary>
/// <param name="Participant">Whose key.</param>
/// <param name="Fingerprint">As it was read out, with or without spaces.</param>
/// <param name="By">Who compared; taken from the session where there is one.</param>
internal sealed record ConfirmKey(string Participant, string Fingerprint, string? By = null);

/// <param name="Participant">Whose key.</param>
/// <param name="Fingerprint">Of the participant key.</param>
/// <param name="Persons">How many different persons have compared it.</param>
/// <param name="Confirmed">Whether that is enough.</param>
internal sealed record ConfirmedKey(string Participant, string Fingerprint, int Persons, bool Confirmed);

internal sealed class ConfirmKeyHandler(Roll roll, EntryStore entries, WriteGate gate, TimeProvider clock)
{
    private const int LongestName = 100;

    public async Task<Outcome<ConfirmedKey>> HandleAsync(ConfirmKey request, Viewer viewer, CancellationToken ct)
    {
        var by = viewer.PersonId is null ? request.By?.Trim() : viewer.DisplayName;
        if (by is not { Length: > 0 and <= LongestName })
            return ConfirmingProblems.NoName;
        var plain = string.Concat(request.Fingerprint.Where(c => !char.IsWhiteSpace(c))).ToUpperInvariant();
        var known = ParticipantCode.TryParse(request.Participant, out var code)
            ? (await roll.ReadAsync(ct)).Find(code)
            : null;
        var pending = known?.Others.FirstOrDefault(o => o.Entry.Fingerprint == plain)?.Entry;
        if (known is null || (known.Entry.Fingerprint != plain && pending is null))
            return ConfirmingProblems.Differs.With("participant", request.Participant);
        var usable = await entries.CompareAsync(pending is null ? [] : [pending], ct);
        return await gate.WriteAsync<Outcome<ConfirmedKey>>(
            viewer,
            async (db, token) =>
                await ConfirmAsync(
                    db,
                    code,
                    plain,
                    Confirmations.By(viewer, by),
                    pending is null ? null : usable,
                    token
                ),
            ct
        );
    }

    private async Task<ConfirmedKey> ConfirmAsync(
        AppDb db,
        ParticipantCode code,
        string fingerprint,
        string by,
        NewlyUsable? pending,
        CancellationToken ct
    )
    {
        // Two who confirm at the same moment are two: the second sees the word of the first.
        await RollStamp.TouchFirstAsync(db, clock, ct);
        var said = await db.Set<KeyConfirmation>()
            .Where(c => c.Participant == code && c.Fingerprint == fingerprint)
            .ToListAsync(ct);
        if (!said.Exists(c => Confirmations.Identity(c.By) == Confirmations.Identity(by)))
        {
            var mine = new KeyConfirmation(Ids.New(clock), code, fingerprint, by, clock.Utc());
            said.Add(mine);
            db.Add(mine);
        }
        var persons = Confirmations.Persons(said, fingerprint);
        var confirmed = persons >= Confirmations.Needed;
        if (confirmed && pending is not null)
        {
            await UseAsync(db, code, fingerprint, ct);
            await pending.TellAsync(db, ct);
        }
        return new ConfirmedKey(code.Value, fingerprint, persons, confirmed);
    }

    private async Task UseAsync(AppDb db, ParticipantCode code, string fingerprint, CancellationToken ct)
    {
        foreach (var followed in await db.Set<FollowedDirectory>().ToListAsync(ct))
        {
            var state = await FollowedStates.LoadAsync(db, followed, ct);
            await FollowedStates.SaveAsync(db, followed, state, state.WithConfirmedKey(code, fingerprint), ct);
            // A poll that is under way has loaded what was held before, and must not put it back.
            db.Entry(followed).State = EntityState.Modified;
        }
        await WaitingEntry.AdmitAsync(db, code, fingerprint, clock, ct);
        var alerts = db.Set<DirectoryAlert>()
            .Where(a =>
                (
                    a.Notice == FollowingNotice.ParticipantKeyChanged
                    || a.Notice == FollowingNotice.ParticipantKeyDisputed
                    || a.Notice == FollowingNotice.ParticipantKeyRevoked
                )
                && a.Participant == code.Value
                && a.Ended == null
            );
        foreach (var alert in await alerts.ToListAsync(ct))
            alert.End(clock.Utc());
    }
}
