using System.Text.Json;
using System.Text.Json.Nodes;
using Comity.App.Tests.Directory;
using Comity.App.Tests.Nodes;
using Comity.Exchange.Data;
using Comity.Exchange.Sending;
using Comity.Kernel.Outcomes;
using Comity.Node.Commands;
using Comity.Protocol;
using Microsoft.EntityFrameworkCore;

namespace Comity.App.Tests.Exchange;

/// <summary>Whoever lost the answer sends the same again under the id that they gave it, and it is sent once.</summary>
public sealed class SendingAgainTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_same_under_one_id_is_one_message_and_one_answer()
    {
        await using var pair = await Pair.MakeAsync();
        var opening = New(Pair.Notification("Seen.")) with
        {
            Attachments = [new("log.txt", "text/plain", "a line"u8.ToArray())],
        };
        var first = await pair.SendAsync(opening);
        Assert.Equal(opening.Id, first.Id);
        pair.Qm.Clock.Advance(TimeSpan.FromHours(1));
        var update = New(SendingTests.Update(first));
        var second = await pair.SendAsync(update);
        pair.Qm.Clock.Advance(TimeSpan.FromHours(1));
        var before = await Pair.RowsAsync(pair.Qm);

        AssertSame(first, await pair.SendAsync(opening));
        AssertSame(second, await pair.SendAsync(update));

        Assert.Equal(before, await Pair.RowsAsync(pair.Qm));
        Assert.Equal(2, (await Pair.CarryAsync(pair.Qm, pair.Qn)).Count);
    }

    [Fact]
    public async Task What_can_be_said_once_only_is_answered_as_it_was_the_first_time()
    {
        await using var pair = await Pair.MakeAsync();
        var sent = await pair.SendAsync(Pair.Notification("Seen."));
        var withdrawal = New(Withdrawal(sent));
        AssertSame(await pair.SendAsync(withdrawal), await pair.SendAsync(withdrawal));
        var another = await pair.TrySendAsync(New(Withdrawal(sent)));
        Assert.Equal("exchange.not-the-author", another.Problem?.Code);
    }

    [Fact]
    public async Task Anything_else_under_an_id_that_was_used_is_refused_and_leaves_nothing()
    {
        await using var pair = await Pair.MakeAsync();
        var opening = New(Pair.Notification("Seen."));
        var first = await pair.SendAsync(opening);
        var before = await Pair.RowsAsync(pair.Qm);
        SendMessage[] others =
        [
            New(Pair.Notification("Seen elsewhere.")),
            opening with
            {
                Attachments = [new("log.txt", "text/plain", "a line"u8.ToArray())],
            },
            opening with
            {
                Message = opening.Message with { Tlp = "RED" },
            },
            SendingTests.Update(first),
        ];
        foreach (var other in others)
            Assert.Equal(
                "exchange.other-under-this-id",
                (await pair.TrySendAsync(other with { Id = opening.Id })).Problem?.Code
            );
        Assert.Equal(before, await Pair.RowsAsync(pair.Qm));
    }

    [Fact]
    public async Task The_id_of_what_somebody_else_sent_is_not_taken()
    {
        await using var pair = await Pair.MakeAsync();
        var came = await pair.DeliverAsync(Pair.Notification("Seen."));
        var answer = Pair.Notification("Seen.", to: "QM/technical") with { From = "QN/technical", Id = came.Id };
        var outcome = await pair.Qn.AskAsync<SendMessageHandler, Outcome<MessageAccepted>>(h =>
            h.HandleAsync(answer, default)
        );
        Assert.Equal("exchange.other-under-this-id", outcome.Problem?.Code);
    }

    [Theory]
    [InlineData("0193")]
    [InlineData("3f2a1c9e-4b5d-4e6f-8a7b-1c2d3e4f5a6b")]
    public async Task An_id_that_is_no_UUID_of_version_7_is_refused(string id)
    {
        await using var pair = await Pair.MakeAsync();
        var outcome = await pair.TrySendAsync(Pair.Notification("Seen.") with { Id = id });
        Assert.Equal("id", Assert.Single(outcome.Problem!.Fields).Key);
    }

    [Theory]
    [InlineData(Store.Sqlite)]
    [InlineData(Store.Postgres)]
    public async Task Two_at_the_same_moment_under_one_id_are_one_message(Store store)
    {
        await using var node = await TestNode.StartAsync(store);
        await Network.SetUpAsync(node, "QM", manager: true);
        var id = NewId();
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => TryAsync(node, id), Ct)));
        Assert.Contains(answers, a => a.Length == 0);
        Assert.All(answers, a => Assert.Contains(a, (string[])["", "exchange.at-the-same-time"]));
        await using var db = node.OpenDatabase();
        Assert.Equal(id, (await db.Set<StoredMessage>().SingleAsync(m => m.Sent, Ct)).MessageId.ToString());
    }

    // The code of the refusal; empty where it was accepted.
    private static async Task<string> TryAsync(TestNode node, string id)
    {
        var letter = new JsonObject
        {
            ["id"] = id,
            ["from"] = "QM/technical",
            ["to"] = new JsonArray("QM/policy"),
            ["message"] = new JsonObject
            {
                ["kind"] = "information",
                ["tlp"] = "GREEN",
                ["fields"] = new JsonObject { ["text"] = "Once." },
            },
        };
        try
        {
            var said = await node.Operator.PostJsonAsync("exchange/send", letter, Ct);
            Assert.Equal(id, (string)said["id"]!);
            return "";
        }
        catch (CommandException refused)
        {
            return refused.Code;
        }
    }

    private static SendMessage New(SendMessage message) => message with { Id = NewId() };

    private static string NewId() => MessageId.New(TimeProvider.System.GetUtcNow().UtcDateTime).ToString();

    private static SendMessage Withdrawal(MessageAccepted sent) =>
        new(
            "QM/technical",
            null,
            null,
            new MessageDraft(
                "withdrawal",
                sent.Conversation,
                sent.Id,
                Tlp: "AMBER",
                Fields: JsonSerializer.SerializeToElement(new { text = "Sent in error." })
            )
        );

    private static void AssertSame(MessageAccepted first, MessageAccepted again) =>
        Assert.Equal(
            (first.Id, first.Row, first.Conversation, first.Digest, first.AcceptedAt),
            (again.Id, again.Row, again.Conversation, again.Digest, again.AcceptedAt)
        );
}
