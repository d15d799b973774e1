using Comity.Exchange.Acknowledging;
using Comity.Exchange.Data;
using Comity.Exchange.Sending;
using Comity.Kernel.Outcomes;
using Comity.Post;
using Comity.Protocol;
using Comity.Protocol.Messages;
using Microsoft.EntityFrameworkCore;

namespace Comity.App.Tests.Exchange;

/// <summary>A peer uses an id that is somebody else's.</summary>
public sealed class SameIdTests
{
    [Fact]
    public async Task Whoever_uses_the_id_of_another_message_gets_no_acknowledgement_in_its_place()
    {
        await using var pair = await Pair.MakeAsync();
        await using var qp = await ThirdAsync(pair);
        var real = Forging.Notification(pair.Qm, "QN/technical", "Seen.") with
        {
            Cc = [qp.Technical],
            Chain = [new(pair.Qn.Technical, 1, null), new(qp.Technical, 1, null)],
        };
        Assert.IsType<Reception.Accepted>(await HandInAsync(pair.Qm, pair.Qn, real));
        var same = Forging.Notification(qp, "QN/technical", "The same id.").In(real.OpenedBy) with { Id = real.Id };
        Assert.IsType<Reception.Accepted>(await HandInAsync(qp, pair.Qn, same));
        var (ofQm, ofQp) = (await RowAsync(pair.Qn, "QM/technical"), await RowAsync(pair.Qn, "QP/technical"));

        Assert.Equal(
            "exchange.several-of-this-id",
            (await AcknowledgeAsync(pair.Qn, real.Id.ToString())).Problem?.Code
        );
        ExchangeNode.Done(await AcknowledgeAsync(pair.Qn, ofQp.Id.ToString()));
        Assert.Contains((await Pair.DeskAsync(pair.Qn)).Waiting, l => l.Message == ofQm.Id && l.Why == "acknowledge");
        ExchangeNode.Done(await AcknowledgeAsync(pair.Qn, ofQm.Id.ToString()));
        await using var db = pair.Qn.Open();
        var said = await db.Set<StoredMessage>().Where(m => m.Sent).ToListAsync();
        // The clock stands still here, so ids do not tell which came first.
        Assert.Equal(new[] { ofQp.Digest, ofQm.Digest }.Order(), said.Select(m => m.InReplyToDigest!.Value).Order());
        // An answer that names nobody goes to the author of what it answers.
        var shared = await AnswerAsync(pair.Qn, ofQm.ConversationRow.ToString(), real.Id.ToString());
        Assert.Equal("exchange.several-of-this-id", shared.Problem?.Code);
        var answer = await AnswerAsync(pair.Qn, ofQm.ConversationRow.ToString(), ofQm.Id.ToString());
        Assert.Equal("QM/technical", Assert.Single(ExchangeNode.Done(answer).Recipients).Office);
    }

    private static async Task<ExchangeNode> ThirdAsync(Pair pair)
    {
        var qp = await ExchangeNode.SetUpAsync("QP", pair.Qn.Clock.GetUtcNow().AddMinutes(-5));
        await pair.Qn.LearnAsync(qp);
        await pair.Qm.LearnAsync(qp);
        return qp;
    }

    private static async Task<Reception> HandInAsync(ExchangeNode from, ExchangeNode to, Message message) =>
        await Pair.HandInAsync(from, to, await Forging.SealAsync(from, to, message));

    private static Task<Outcome<Acknowledged>> AcknowledgeAsync(ExchangeNode node, string message) =>
        node.AskAsync<AcknowledgeHandler, Outcome<Acknowledged>>(h => h.HandleAsync(new(Guid.Parse(message)), default));

    private static Task<Outcome<MessageAccepted>> AnswerAsync(ExchangeNode node, string conversation, string? parent)
    {
        var fields = System.Text.Json.JsonSerializer.SerializeToElement(new { text = "We see nothing." });
        var draft = new MessageDraft("information", conversation, parent, Tlp: "AMBER", Fields: fields);
        return node.AskAsync<SendMessageHandler, Outcome<MessageAccepted>>(h =>
            h.HandleAsync(new(node.Technical.Value, [], null, draft), default)
        );
    }

    private static async Task<StoredMessage> RowAsync(ExchangeNode node, string from)
    {
        await using var db = node.Open();
        var office = OfficeName.Parse(from);
        return await db.Set<StoredMessage>().AsNoTracking().SingleAsync(m => m.From == office);
    }
}
