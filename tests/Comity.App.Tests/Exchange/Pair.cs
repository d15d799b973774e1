using System.Text.Json;
using Comity.Exchange.Acknowledging;
using Comity.Exchange.Data;
using Comity.Exchange.Reading;
using Comity.Exchange.Sending;
using Comity.Kernel.Outcomes;
using Comity.Post;
using Comity.Post.Data;
using Comity.Protocol.Signing;
using Microsoft.EntityFrameworkCore;

namespace Comity.App.Tests.Exchange;

/// <summary>Two nodes that know one another; parcels are carried by hand.</summary>
internal sealed class Pair : IAsyncDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 5, 3, 2, 0, 0, TimeSpan.Zero);

    public required ExchangeNode Qm { get; init; }

    public required ExchangeNode Qn { get; init; }

    public static async Task<Pair> MakeAsync()
    {
        var pair = new Pair
        {
            Qm = await ExchangeNode.SetUpAsync("QM", Start),
            // Nobody's clock agrees with anybody else's.
            Qn = await ExchangeNode.SetUpAsync("QN", Start.AddSeconds(90)),
        };
        // A key that was made by a clock ahead of ours is not valid yet.
        pair.Qm.Clock.Advance(TimeSpan.FromHours(1));
        pair.Qn.Clock.Advance(TimeSpan.FromHours(1));
        await pair.Qm.LearnAsync(pair.Qn);
        await pair.Qn.LearnAsync(pair.Qm);
        return pair;
    }

    public static SendMessage Notification(string seen, string to = "QN/technical") =>
        new(
            "QM/technical",
            [to],
            null,
            new MessageDraft(
                "notification",
                Tlp: "AMBER",
                ReplyBy: Start.UtcDateTime.AddHours(24),
                Fields: JsonSerializer.SerializeToElement(
                    new
                    {
                        relation = "may-affect-you",
                        seen,
                        criticalInfrastructure = "yes",
                        sectors = new[] { "health" },
                        asked = new[] { "Tell us what you see." },
                        goodFaith = true,
                    }
                )
            )
        );

    public Task<Outcome<MessageAccepted>> TrySendAsync(SendMessage message) =>
        Qm.AskAsync<SendMessageHandler, Outcome<MessageAccepted>>(h => h.HandleAsync(message, default));

    public async Task<MessageAccepted> SendAsync(SendMessage message) => ExchangeNode.Done(await TrySendAsync(message));

    /// <summary>Sends, seals, and carries the envelope over with its receipt.</summary>
    public async Task<MessageAccepted> DeliverAsync(SendMessage message)
    {
        var accepted = await SendAsync(message);
        var answer = Assert.Single(await CarryAsync(Qm, Qn));
        Assert.True(answer is Reception.Accepted, answer.ToString());
        return accepted;
    }

    public async Task<Acknowledged> AcknowledgeAsync(string message, DateTime? by = null) =>
        ExchangeNode.Done(
            await Qn.AskAsync<AcknowledgeHandler, Outcome<Acknowledged>>(h =>
                h.HandleAsync(new(Guid.Parse(message), by), default)
            )
        );

    /// <summary>Seals what is to be sealed, carries every waiting parcel over, and what is answered back.</summary>
    public static async Task<IReadOnlyList<Reception>> CarryAsync(ExchangeNode from, ExchangeNode to)
    {
        await from.WorkAsync(Acceptance.SealWork);
        var answers = new List<Reception>();
        foreach (var (parcel, octets) in await WaitingAsync(from))
        {
            var answer = await HandInAsync(from, to, octets, parcel.Route);
            answers.Add(answer);
            await SettleAsync(from, parcel, answer);
        }
        return answers;
    }

    public static async Task<Reception> HandInAsync(
        ExchangeNode from,
        ExchangeNode to,
        ReadOnlyMemory<byte> octets,
        ParcelRoute route = ParcelRoute.Inbox
    )
    {
        Assert.True(NodePublicKey.TryParse(from.Made.NodeKey, out var key));
        var peer = await to.Get<IPeers>().FindAsync(key, default);
        var receiver = to.Get<IEnvelopeReceiver>();
        return route == ParcelRoute.Inbox
            ? await receiver.ReceiveEnvelopeAsync(octets, peer!, default)
            : await receiver.ReceiveReturnAsync(octets, peer!, default);
    }

    public static async Task<IReadOnlyList<(OutgoingParcel Parcel, byte[] Octets)>> WaitingAsync(ExchangeNode node)
    {
        await using var db = node.Open();
        var parcels = await db.Set<OutgoingParcel>()
            .AsNoTracking()
            .Where(p => p.State == ParcelState.Waiting)
            .OrderBy(p => p.Id)
            .ToListAsync();
        var found = new List<(OutgoingParcel, byte[])>();
        foreach (var parcel in parcels)
        {
            if (parcel.Kept is { } kept)
            {
                found.Add((parcel, await node.Get<Kernel.Sealing.Blobs>().ReadAsync(db, kept, default)));
                continue;
            }
            var pieces = await db.Set<ParcelPiece>()
                .AsNoTracking()
                .Where(p => p.ParcelId == parcel.Id)
                .OrderBy(p => p.Number)
                .ToListAsync();
            found.Add((parcel, [.. pieces.SelectMany(p => p.Octets)]));
        }
        return found;
    }

    /// <summary>What the post would do with an answer.</summary>
    public static async Task SettleAsync(ExchangeNode from, OutgoingParcel parcel, Reception answer)
    {
        var sink = from.Get<IParcelSink>();
        var now = from.Clock.GetUtcNow().UtcDateTime;
        var receipt = answer is Reception.Accepted accepted ? accepted.Receipt : default;
        if (parcel.Route == ParcelRoute.Inbox && answer is Reception.Accepted)
            Assert.True(await sink.IsReceiptAsync(parcel.Reference, receipt, default));
        var state = answer switch
        {
            Reception.Accepted => ParcelState.Delivered,
            Reception.StoredForLater => ParcelState.HandedOver,
            _ => ParcelState.NotDelivered,
        };
        await from.WriteAsync(async db =>
        {
            var row = await db.Set<OutgoingParcel>().SingleAsync(p => p.Id == parcel.Id);
            row.MoveTo(state, "", now);
            var cause = state == ParcelState.NotDelivered ? "refused" : "";
            await sink.ParcelMovedAsync(db, new(parcel.Id, parcel.Reference, state, now, receipt, cause), default);
        });
    }

    public static Task<MessageView?> MessageAsync(ExchangeNode node, string id) =>
        node.AskAsync<ConversationQuery, MessageView?>(q => q.MessageAsync(Guid.Parse(id), default));

    public static Task<ConversationView?> ConversationAsync(ExchangeNode node, string id) =>
        node.AskAsync<ConversationQuery, ConversationView?>(q => q.FindAsync(Guid.Parse(id), default));

    public static Task<DeskView> DeskAsync(ExchangeNode node, string? office = null) =>
        node.AskAsync<DeskQuery, DeskView>(q => q.AskAsync(default), office);

    /// <summary>Rows of everything that a message leaves behind.</summary>
    public static async Task<IReadOnlyList<int>> RowsAsync(ExchangeNode node)
    {
        await using var db = node.Open();
        return
        [
            await db.Set<Conversation>().CountAsync(),
            await db.Set<StoredMessage>().CountAsync(),
            await db.Set<StoredReceipt>().CountAsync(),
            await db.Set<StoredAttachment>().CountAsync(),
            await db.Set<SeenId>().CountAsync(),
            await db.Set<Kernel.Sealing.Blob>().CountAsync(),
        ];
    }

    public async ValueTask DisposeAsync()
    {
        await Qm.DisposeAsync();
        await Qn.DisposeAsync();
    }
}
