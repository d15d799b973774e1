using Comity.Directory.Data;
using Comity.Directory.Finding;
using Comity.Kernel;
using Comity.Kernel.Data;
using Comity.Kernel.Outcomes;
using Comity.Kernel.Viewing;
using Comity.Kernel.Work;
using Comity.Kernel.Writing;
using Comity.Protocol;
using Comity.Protocol.Directories;
using Microsoft.EntityFrameworkCore;

namespace Comity.Directory.Managing;

/// <summary>What became of an entry that was handed to the manager.</summary>
/// <param name="Participant">Whose.</param>
/// <param name="Sequence">Its sequence.</param>
/// <param name="Fingerprint">Fingerprint of the participant key.</param>
/// <param name="Changed">False where exactly this entry stood there already.</param>
internal sealed record Admitted(string Participant, long Sequence, string Fingerprint, bool Changed)
{
    /// <summary>It stands under another participant key, and is kept until people have compared fingerprints.</summary>
    internal bool Waits { get; init; }
}

/// <summary>
/// Takes entries into the managed directory: a first one as it comes (the manager checks origin and completeness and
/// refuses nobody), later ones by the rules that every follower applies.
/// </summary>
internal sealed class Admission(
    AppDbFactory databases,
    WriteGate gate,
    EntryStore entries,
    WaitingEntry waiting,
    TimeProvider clock
)
{
    /// <param name="viewer">On whose behalf.</param>
    /// <param name="octets">The signed entry.</param>
    /// <param name="source">Where it came from: <c>admitted</c> or <c>node</c>.</param>
    /// <param name="only">
    /// The participant that was asked; null where a person admits. A node speaks for the participant that it was asked
    /// for, and never brings in another: who is new is decided by a person.
    /// </param>
    /// <param name="ct">Cancellation.</param>
    public async Task<Outcome<Admitted>> TakeAsync(
        Viewer viewer,
        ReadOnlyMemory<byte> octets,
        string source,
        ParticipantCode? only,
        CancellationToken ct
    )
    {
        await using var db = databases.Open(viewer);
        if (await db.Set<ManagedDirectory>().AsNoTracking().FirstOrDefaultAsync(ct) is not { } managed)
            return ManagingProblems.NoManager;
        var checking = EntryCheck.Check(octets, clock.Utc());
        // A revocation of the key that stands in the directory is published: it is what others need to see.
        var revokes = checking.Fault == EntryFault.ParticipantKeyRevoked;
        if ((revokes ? EntryCheck.FromOwnStorage(octets) : checking.Entry) is not { } coming)
            return ManagingProblems.Of(checking.Fault!.Value);
        if (only is { } asked && coming.Core.Code != asked)
            return ManagingProblems.AnotherParticipant.With("participant", coming.Core.Code.Value);
        var usable = revokes ? new NewlyUsable([], []) : await entries.CompareAsync([coming], ct);
        var taken = await gate.WriteAsync(
            viewer,
            async (write, token) =>
            {
                var admitted = await write
                    .Set<AdmittedEntry>()
                    .SingleOrDefaultAsync(a => a.Participant == coming.Core.Code, token);
                var judged =
                    admitted is not null ? await JudgeAsync(write, managed, admitted, coming, token)
                    : revokes ? EntryResult.Invalid
                    : EntryResult.New;
                return await SettleAsync(write, managed.Code, admitted, coming, judged, source, usable, token);
            },
            ct
        );
        // Said only now: what waits is to be kept, and a problem inside the write would undo it.
        return taken is { Problem: null, Value.Waits: true } ? ManagingProblems.KeyChanged : taken;
    }

    private async Task<EntryResult> JudgeAsync(
        AppDb db,
        ManagedDirectory managed,
        AdmittedEntry admitted,
        CheckedEntry coming,
        CancellationToken ct
    )
    {
        var there = await db.Set<EntryVersion>().AsNoTracking().SingleAsync(v => v.Digest == admitted.Current, ct);
        var current = EntryCheck.FromOwnStorage(there.Octets)!;
        var state = FollowingState.Start(Digest.Of(managed.Root)) with
        {
            Entries = new Dictionary<ParticipantCode, HeldEntry>
            {
                [coming.Core.Code] = new(current, null, Listed: true),
            },
        };
        return Protocol.Directories.Following.TakeEntry(state, coming.Source.Octets, clock.Utc()).Entries[0].Result;
    }

    private async Task<Outcome<Admitted>> SettleAsync(
        AppDb db,
        ParticipantCode directory,
        AdmittedEntry? admitted,
        CheckedEntry coming,
        EntryResult judged,
        string source,
        NewlyUsable usable,
        CancellationToken ct
    )
    {
        var answer = new Admitted(
            coming.Core.Code.Value,
            coming.Source.Value.Sequence,
            coming.Fingerprint,
            Changed: judged != EntryResult.Unchanged
        );
        switch (judged)
        {
            case EntryResult.Unchanged:
                return answer;
            case EntryResult.Revoked when !coming.IsRevoked(clock.Utc()):
                return ManagingProblems.KeyRevoked;
            case EntryResult.New
            or EntryResult.Updated
            or EntryResult.KeyChanged when !await SnapshotRoom.IsLeftAsync(db, coming, ct):
                return ManagingProblems.NoRoom;
            case EntryResult.New or EntryResult.Updated or EntryResult.KeyChanged or EntryResult.Revoked:
                await InUseAsync(db, directory, admitted, coming, source, ct);
                await usable.TellAsync(db, ct);
                return answer;
            case EntryResult.KeyChangeHeld:
                await waiting.KeepAsync(db, directory, admitted!, coming, source, ct);
                return answer with { Waits = true };
            case EntryResult.SameSequenceOtherOctets:
                return ManagingProblems.EntryForked;
            case EntryResult.Older:
                return ManagingProblems.EntryNotNewer;
            default:
                return ManagingProblems.EntryNotValid.With("reason", judged);
        }
    }

    private async Task InUseAsync(
        AppDb db,
        ParticipantCode directory,
        AdmittedEntry? admitted,
        CheckedEntry coming,
        string source,
        CancellationToken ct
    )
    {
        await entries.KeepAsync(db, coming, source, ct);
        if (admitted is null)
        {
            admitted = new AdmittedEntry(coming.Core.Code, clock.Utc());
            db.Add(admitted);
        }
        admitted.Hold(coming.Source.Digest, pending: null);
        await db.EnqueueAsync(PublishWork.WorkKind, directory.Value, clock.Utc(), clock, ct);
        await db.EnqueueAsync(CollectWork.WorkKind, directory.Value, clock.Utc() + CollectWork.Every, clock, ct);
    }
}
