using Comity.Exchange.Data;
using Comity.Exchange.Receipts;
using Comity.Exchange.Sending;
using Comity.Kernel;
using Comity.Kernel.Data;
using Comity.Kernel.Outcomes;
using Comity.Kernel.Sealing;
using Comity.Kernel.Viewing;
using Comity.Kernel.Work;
using Comity.Kernel.Writing;
using Comity.Post;
using Comity.Protocol;
using Comity.Protocol.Messages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Comity.Exchange.Resending;

/// <summary>Gives one message back to the office that wrote it, with what that office signed for us, sealed to its key.</summary>
internal sealed class GiveBack(
    AppDbFactory databases,
    WriteGate gate,
    Acceptance acceptance,
    Vault vault,
    Blobs blobs,
    PostCommands post,
    TimeProvider clock,
    ILogger<GiveBack> log
) : IWorkHandler
{
    public const string WorkKind = "exchange.give-back";
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);
    private static readonly Viewer Giver = Viewer.System("exchange.give-back");

    public string Kind => WorkKind;

    public async Task<WorkResult> DoAsync(WorkItem item, CancellationToken ct)
    {
        var id = Guid.Parse(item.Key);
        await using var db = databases.Open(Giver);
        var row = await db.Set<StoredMessage>().AsNoTracking().SingleOrDefaultAsync(m => m.Id == id, ct);
        if (row is not { Sent: false } || await GivenBeforeAsync(db, row, ct))
            return WorkResult.Done;
        var whole = await db.Set<Conversation>().AsNoTracking().SingleAsync(c => c.Id == row.ConversationRow, ct);
        var draft = await DraftAsync(db, row, whole, ct);
        // The node gives back what is theirs, in nobody's name: so it may for this office, and for this alone.
        var giver = Giver with
        {
            Duties = [new(whole.Home.Value, Kernel.Modules.Role.Analyst)],
        };
        var accepted = await acceptance.AcceptAsync(giver, draft, ct);
        if (accepted.Problem is not { } problem || problem == SendingProblems.AlreadySaid)
            return WorkResult.Done;
        // Somebody else goes on writing in the same conversation, or there is no room now; what is owed is still owed.
        if (problem.Kind is ProblemKind.Conflict or ProblemKind.NotNow)
            return WorkResult.Again(clock.Utc() + Pause);
        log.LogWarning("Message {Message} cannot be given back: {Code}", row.MessageId, problem.Code);
        return WorkResult.Done;
    }

    // Asked for a second time, it is the same that goes again.
    private async Task<bool> GivenBeforeAsync(AppDb db, StoredMessage row, CancellationToken ct)
    {
        var before = await db.Set<Delivery>()
            .AsNoTracking()
            .Where(d => d.ConversationRow == row.ConversationRow && d.Office == row.From)
            .Where(d =>
                db.Set<StoredMessage>()
                    .Any(m =>
                        m.Id == d.MessageRow
                        && m.Sent
                        && m.Kind == MessageKind.GivenBack
                        && m.InReplyToDigest == row.Digest
                    )
            )
            .Select(d => (Guid?)d.Id)
            .FirstOrDefaultAsync(ct);
        if (before is not { } id)
            return false;
        await gate.WriteAsync(
            Giver,
            async (write, token) =>
            {
                if (await post.SendAgainAsync(write, ParcelSink.SinkName, id.ToString(), token))
                    (await write.Set<Delivery>().SingleAsync(d => d.Id == id, token)).Await();
            },
            ct
        );
        return true;
    }

    private async Task<Draft> DraftAsync(AppDb db, StoredMessage row, Conversation whole, CancellationToken ct)
    {
        var key = await Conversations.KeyAsync(db, whole, ct);
        var octets = vault.Open(key, row.SealedOctets, row.Purpose);
        var statement = vault.Open(key, row.Arrival!.SealedStatement, row.StatementPurpose);
        var message = MessageJson.Read(octets).Value!;
        var stored = await db.Set<StoredAttachment>()
            .AsNoTracking()
            .Where(a => a.MessageRow == row.Id)
            .OrderBy(a => a.Number)
            .Select(a => a.BlobId)
            .ToListAsync(ct);
        var attachments = new List<DraftAttachment>();
        foreach (var (named, blob) in message.Attachments.Zip(stored))
            attachments.Add(new(named.Name, named.MediaType, await blobs.ReadAsync(db, blob, ct)));
        return new Draft
        {
            From = whole.Home,
            To = [row.From],
            Kind = MessageKind.GivenBack,
            Conversation = whole.Id,
            InReplyTo = row.Id,
            Language = message.Language,
            Tlp = row.Tlp,
            Fields = new GivenBackFields(octets, statement),
            Attachments = attachments,
            Once = true,
        };
    }
}
