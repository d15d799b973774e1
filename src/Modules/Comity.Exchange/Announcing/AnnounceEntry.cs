using System.Globalization;
using Comity.Directory;
using Comity.Exchange.Receipts;
using Comity.Kernel;
using Comity.Kernel.Data;
using Comity.Kernel.Viewing;
using Comity.Kernel.Work;
using Comity.Kernel.Writing;
using Comity.Post;
using Comity.Protocol;
using Comity.Protocol.Signing;

namespace Comity.Exchange.Announcing;

/// <summary>
/// The keys, the node or the offices of a participant of this node have changed: the nodes of those with whom its offices
/// correspond are told, so that they need not wait for their directories. What they are told is that there is a newer
/// entry, and nothing else.
/// </summary>
internal sealed class AnnounceEntry(
    AppDbFactory databases,
    WriteGate gate,
    DirectoryQueries directory,
    KnownNodes nodes,
    NodeSigning node,
    PostCommands post,
    TimeProvider clock
) : IWorkHandler, IOwnEntryListener
{
    public const string WorkKind = "exchange.announce-entry";
    private const char Divider = ' ';
    private const int AtOnce = 100;
    private static readonly Viewer Announcer = Viewer.System(WorkKind);

    public string Kind => WorkKind;

    public Task OwnEntryChangedAsync(AppDb db, ParticipantCode participant, CancellationToken ct) =>
        db.EnqueueAsync(WorkKind, participant.Value, clock.Utc(), clock, ct);

    public async Task<WorkResult> DoAsync(WorkItem item, CancellationToken ct)
    {
        var participant = ParticipantCode.Parse(item.Key);
        if (await directory.OwnEntryAsync(participant, ct) is not { } entry)
            return WorkResult.Done;
        await using var db = databases.Open(Announcer);
        foreach (var some in (await nodes.OfAsync(db, participant, ct)).Chunk(AtOnce))
            await gate.WriteAsync(Announcer, (write, token) => TellAsync(write, entry, some, token), ct);
        return WorkResult.Done;
    }

    /// <summary>Whether a notice that still waits says what is so today; a newer one is on its way otherwise.</summary>
    public async Task<bool> IsNewestAsync(string reference, CancellationToken ct) =>
        reference.Split(Divider) is [_, var code, var sequence]
        && await directory.OwnEntryAsync(ParticipantCode.Parse(code), ct) is { } entry
        && entry.Sequence.ToString(CultureInfo.InvariantCulture) == sequence;

    private async Task TellAsync(AppDb db, EntryDocument entry, IEnumerable<Uri> addresses, CancellationToken ct)
    {
        var says = new KeyNotice
        {
            Of = entry.Participant,
            Sequence = entry.Sequence,
            At = Instants.InMilliseconds(clock.Utc()),
        };
        if (await node.SignAsync(db, says, ct) is not { } signed)
            return;
        var reference = string.Create(
            CultureInfo.InvariantCulture,
            $"{ParcelSink.Announced}{Divider}{entry.Participant}{Divider}{entry.Sequence}"
        );
        foreach (var address in addresses)
            await post.PostAsync(
                db,
                new NewParcel(ParcelSink.SinkName, reference, address, ParcelRoute.Returns, signed),
                ct
            );
    }
}
