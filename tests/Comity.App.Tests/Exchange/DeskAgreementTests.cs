using Comity.Exchange.Data;
using Comity.Exchange.Reading;
using Comity.Kernel.Data;
using Comity.Post;
using Comity.Protocol;
using Comity.Protocol.Messages;
using Microsoft.EntityFrameworkCore;

namespace Comity.App.Tests.Exchange;

/// <summary>What is chosen in clear columns for the desk never lacks what the fold would show there.</summary>
public sealed class DeskAgreementTests
{
    [Theory]
    [InlineData("update", false, false)]
    [InlineData("update", true, false)]
    [InlineData("information", false, false)]
    [InlineData("information", true, false)]
    [InlineData("information", true, true)]
    [InlineData("closure", false, false)]
    [InlineData("closure", true, false)]
    [InlineData("acknowledgement", false, true)]
    public async Task Whatever_the_desk_would_show_is_opened_for_it(string kind, bool acknowledged, bool falseId)
    {
        await using var pair = await Pair.MakeAsync();
        var first = await pair.DeliverAsync(Pair.Notification("Seen."));
        if (acknowledged)
            await pair.AcknowledgeAsync(first.Id);
        await Pair.CarryAsync(pair.Qn, pair.Qm);
        var id = falseId ? MessageId.New(pair.Qn.Clock.GetUtcNow().UtcDateTime) : MessageId.Parse(first.Id);
        var opening = await Forging.OpeningAsync(pair.Qn, first.Conversation);
        var reply = Forging.Notification(pair.Qn, "QM/technical", "More.").In(opening) with
        {
            Kind = Enum.Parse<MessageKind>(kind, ignoreCase: true),
            InReplyTo = new MessageReference(id, Digest.Parse(first.Digest)),
            Fields =
                kind == "acknowledgement"
                    ? new AcknowledgementFields(AcknowledgementForm.Acknowledged, null, null, null)
                    : new TextFields("More."),
        };
        var envelope = await Forging.SealAsync(pair.Qn, pair.Qm, reply);
        Assert.IsType<Reception.Accepted>(await Pair.HandInAsync(pair.Qn, pair.Qm, envelope));

        // A week later nothing stands there only because it is new.
        pair.Qm.Clock.Advance(TimeSpan.FromDays(8));
        foreach (var node in new[] { pair.Qm, pair.Qn })
        {
            var desk = await Pair.DeskAsync(node);
            Assert.Equal(await WholeAsync(node), desk.Waiting.Count + desk.Asked.Count);
        }
        Assert.Equal(
            acknowledged && kind == "information" && !falseId,
            (await Pair.DeskAsync(pair.Qm)).Asked.Count == 0
        );
    }

    /// <summary>Lines of every conversation, whether it was chosen or not.</summary>
    private static async Task<int> WholeAsync(ExchangeNode node)
    {
        await using var db = node.Open();
        var wholes = await db.Set<Conversation>().AsNoTracking().ToListAsync();
        var now = node.Clock.GetUtcNow().UtcDateTime;
        return await node.AskAsync<ConversationOpener, int>(async opener =>
            (await opener.OpenAsync(wholes, default)).Sum(o =>
                DeskLines.Waiting(o, now).Count() + DeskLines.Asked(o).Count()
            )
        );
    }
}
