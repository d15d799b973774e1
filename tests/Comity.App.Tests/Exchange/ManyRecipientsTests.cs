using Comity.Exchange.Reading;
using Comity.Exchange.Sending;
using Comity.Post;
using Comity.Protocol;
using Comity.Protocol.Messages;

namespace Comity.App.Tests.Exchange;

/// <summary>One message to several States at once: one content, an envelope for each, and everybody sees to whom it went.</summary>
public sealed class ManyRecipientsTests
{
    private static readonly OfficeName Third = OfficeName.Parse("QP/technical");

    [Fact]
    public async Task Several_States_get_one_content_in_envelopes_of_their_own_and_see_one_another()
    {
        await using var trio = await Trio.MakeAsync();
        var several = Pair.Notification("Seen at many.") with
        {
            To = ["QN/technical", "QP/technical"],
            Cc = ["QN/policy", "QP/policy"],
        };
        var sent = ExchangeNode.Done(await Trio.TrySendAsync(trio.Qm, several));
        var carried = await trio.CarryAsync(trio.Qm);

        Assert.Equal(4, carried.Count);
        Assert.Equal(4, carried.Select(c => Digest.Of(c.Octets)).Distinct().Count());
        // None of them opens anywhere but where it is for.
        var elsewhere = await Pair.HandInAsync(trio.Qm, trio.Qp, carried.First(c => c.To == trio.Qn).Octets);
        Assert.IsType<Reception.Refused>(elsewhere);
        var views = new List<MessageView>();
        foreach (var node in new[] { trio.Qm, trio.Qn, trio.Qp })
            views.Add(await Trio.SeenAsync(node, sent.Id));
        Assert.Equal(sent.Digest, Assert.Single(views.Select(v => v.Digest).Distinct()));
        Assert.Single(views.Select(v => v.DigestInGroups).Distinct());
        Assert.NotEqual(views[1].Verification!.EnvelopeDigest, views[2].Verification!.EnvelopeDigest);
        Assert.All(views, v => Assert.Equal(["QN/technical", "QP/technical"], v.To));
        Assert.All(views, v => Assert.Equal(["QN/policy", "QP/policy"], v.Cc));
        Assert.All(views[0].Recipients, r => Assert.Contains(r.Marks, m => m.Name == MarkNames.Opened));

        // Each mark is of one recipient.
        ExchangeNode.Done(await Trio.AcknowledgeAsync(trio.Qn, sent.Id));
        await trio.CarryAsync(trio.Qn);
        Assert.Contains(MarkNames.Acknowledged, await Trio.MarksAsync(trio.Qm, sent.Id, "QN/technical"));
        Assert.DoesNotContain(MarkNames.Acknowledged, await Trio.MarksAsync(trio.Qm, sent.Id, "QP/technical"));
        var open = (await Pair.DeskAsync(trio.Qm)).Asked.Select(l => (l.Other, l.Why)).Order();
        Assert.Equal([("QN/technical", DeskWhy.NotAnswered), ("QP/technical", DeskWhy.NotAcknowledged)], open);
    }

    [Fact]
    public async Task Two_States_that_were_told_different_things_under_one_id_see_it()
    {
        await using var trio = await Trio.MakeAsync();
        var told = Forging.Notification(trio.Qm, "QN/technical", "It was seen here.") with
        {
            To = [trio.Qn.Technical, Third],
            Chain = [new(trio.Qn.Technical, 1, null), new(Third, 1, null)],
        };
        var otherwise = told with
        {
            To = [Third, trio.Qn.Technical],
            Chain = [.. told.Chain.Reverse()],
            Fields = new NotificationFields { Relation = Relation.MayAffectYou, Seen = "It was seen elsewhere." },
        };
        await HandInAsync(trio, trio.Qn, told);
        await HandInAsync(trio, trio.Qp, otherwise);

        // By eye or by telephone: the same number, and other digits.
        var (first, second) = (
            await Trio.SeenAsync(trio.Qn, told.Id.ToString()),
            await Trio.SeenAsync(trio.Qp, told.Id.ToString())
        );
        Assert.Equal(first.Message, second.Message);
        Assert.NotEqual(first.DigestInGroups, second.DigestInGroups);

        // By itself: whoever refers to it in a message to the other shows what it was told.
        var question = await trio.SendAsync(
            trio.Qn,
            Trio.Ask(told.Conversation.ToString(), told.Id.ToString()) with
            {
                To = ["QM/technical"],
                Cc = ["QP/technical"],
            }
        );
        Assert.Equal("other-content", (await Trio.SeenAsync(trio.Qp, question.Id)).NoEffect);
    }

    [Fact]
    public async Task Whose_territory_is_involved_is_said_to_each_State_alone()
    {
        await using var trio = await Trio.MakeAsync();
        SendMessage Involves(params string[] to) =>
            Pair.Notification("It came through several.") with
            {
                To = to,
                Message = Pair.Notification("").Message with
                {
                    Fields = Trio.Json(
                        new
                        {
                            relation = "involves-your-territory",
                            seen = "It came through several.",
                            criticalInfrastructure = "yes",
                            goodFaith = true,
                        }
                    ),
                },
            };

        var refused = await Trio.TrySendAsync(trio.Qm, Involves("QN/technical", "QP/technical"));
        Assert.Contains("message.fields.relation", refused.Problem!.Fields!.Keys);
        var forged = Forging.Notification(trio.Qm, "QN/technical", "Theirs.") with
        {
            Cc = [Third],
            Chain = [new(trio.Qn.Technical, 1, null), new(Third, 1, null)],
            Fields = new NotificationFields { Relation = Relation.InvolvesYourTerritory, Seen = "Theirs." },
        };
        Assert.Equal(MalformationCode.ForOneParticipant, MessageJson.Read(MessageJson.Write(forged)).Fault?.Code);

        // Each gets one of its own, and none sees that the other was written to.
        var toQn = await trio.SendAsync(trio.Qm, Involves("QN/technical", "QN/policy"));
        var toQp = await trio.SendAsync(trio.Qm, Involves("QP/technical"));
        Assert.NotEqual(toQn.Conversation, toQp.Conversation);
        Assert.Null(await Pair.MessageAsync(trio.Qp, toQn.Id));
        Assert.Null(await Pair.MessageAsync(trio.Qn, toQp.Id));
        Assert.Contains("no-responsibility", (await Trio.SeenAsync(trio.Qn, toQn.Id)).Statements);
    }

    private static async Task HandInAsync(Trio trio, ExchangeNode to, Message message) =>
        Assert.IsType<Reception.Accepted>(
            await Pair.HandInAsync(trio.Qm, to, await Forging.SealAsync(trio.Qm, to, message))
        );
}
