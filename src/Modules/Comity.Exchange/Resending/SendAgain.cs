using Comity.Directory;
using Comity.Exchange.Data;
using Comity.Exchange.Receipts;
using Comity.Kernel;
using Comity.Kernel.Data;
using Comity.Kernel.Viewing;
using Comity.Kernel.Work;
using Comity.Kernel.Writing;
using Comity.Post;
using Comity.Protocol;
using Comity.Protocol.Messages;
using Microsoft.EntityFrameworkCore;

namespace Comity.Exchange.Resending;

/// <summary>
/// Sends again to one participant what our offices sent since, as it was sealed or sealed anew where its key has changed;
/// and leaves the work of giving back what its offices sent to us.
/// </summary>
internal sealed class SendAgain(
    AppDbFactory databases,
    WriteGate gate,
    DirectoryQueries directory,
    PostCommands post,
    TimeProvider clock
) : IWorkHandler
{
    public const string WorkKind = "exchange.send-again";

    /// <summary>What is given back belongs to conversations that have to be there first.</summary>
    private static readonly TimeSpan After = TimeSpan.FromSeconds(5);
    private const int AtOnce = 100;
    private static readonly Viewer Sender = Viewer.System("exchange.resend");

    public string Kind => WorkKind;

    public async Task<WorkResult> DoAsync(WorkItem item, CancellationToken ct)
    {
        var (by, of, since) = ReceiveResendRequest.ReadKey(item.Key);
        var offices = (await directory.OfficesAsync(ct)).Select(o => o.Office).ToList();
        var theirs = offices.Where(o => o.Participant == by).ToList();
        var ours = offices.Where(o => o.Participant == of).ToList();
        await using var db = databases.Open(Sender);
        var deliveries = await db.Set<Delivery>()
            .AsNoTracking()
            .Where(d => theirs.Contains(d.Office) && d.SealedAt != null)
            .Where(d =>
                db.Set<StoredMessage>().Any(m => m.Id == d.MessageRow && ours.Contains(m.From) && m.At >= since)
            )
            .OrderBy(d => d.Id)
            .Select(d => d.Id)
            .ToListAsync(ct);
        foreach (var some in deliveries.Chunk(AtOnce))
            await gate.WriteAsync(Sender, (write, token) => SendAsync(write, some, token), ct);
        var received = await db.Set<StoredMessage>()
            .AsNoTracking()
            .Where(m => m.Participant == by && !m.Sent && m.At >= since && m.Kind != MessageKind.GivenBack)
            .Where(m => db.Set<Conversation>().Any(c => c.Id == m.ConversationRow && ours.Contains(c.Home)))
            .OrderBy(m => m.Id)
            .Select(m => m.Id)
            .ToListAsync(ct);
        foreach (var some in received.Chunk(AtOnce))
            await gate.WriteAsync(Sender, (write, token) => LeaveAsync(write, some, token), ct);
        return WorkResult.Done;
    }

    private async Task SendAsync(AppDb db, Guid[] deliveries, CancellationToken ct)
    {
        foreach (var delivery in await db.Set<Delivery>().Where(d => deliveries.Contains(d.Id)).ToListAsync(ct))
            if (await post.SendAgainAsync(db, ParcelSink.SinkName, delivery.Id.ToString(), ct))
                delivery.Await();
    }

    private async Task LeaveAsync(AppDb db, Guid[] messages, CancellationToken ct)
    {
        foreach (var message in messages)
            await db.EnqueueAsync(GiveBack.WorkKind, message.ToString(), clock.Utc() + After, clock, ct);
    }
}
