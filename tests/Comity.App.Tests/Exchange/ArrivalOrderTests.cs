using System.Text.Json;
using System.Text.Json.Nodes;
using Comity.Exchange.Data;
using Comity.Exchange.Reading;
using Comity.Exchange.Sending;
using Comity.Kernel.Outcomes;
using Comity.Post;
using Comity.Protocol;
using Comity.Protocol.Messages;
using CsCheck;
using Microsoft.EntityFrameworkCore;

namespace Comity.App.Tests.Exchange;

/// <summary>The envelopes of one conversation of three, as they come to QP: whatever the order, it shows the same.</summary>
public sealed class ArrivalOrderTests
{
    /// <summary>Of rows, and of our clock: they tell when something came, and it comes at another time each time.</summary>
    private static readonly HashSet<string> OfArrival =
    [
        "Id",
        "Conversation",
        "At",
        "Ours",
        "Opened",
        "Latest",
        "Now",
        "SignedAt",
    ];

    [Fact]
    public async Task Whatever_the_order_of_arrival_a_conversation_is_shown_the_same()
    {
        await using var trio = await Scene.MakeAsync();
        var expected = await trio.ArriveAsync([.. Enumerable.Range(0, trio.Envelopes.Count)]);
        Assert.Contains("\"Opener\":\"QM/technical\",\"HasOpening\":true", expected, StringComparison.Ordinal);
        Assert.Contains("\"Closed\":true", expected, StringComparison.Ordinal);
        Assert.Contains("\"withdrawn\"", expected, StringComparison.Ordinal);
        Assert.Contains("\"Waiting\":true", expected, StringComparison.Ordinal);
        await Gen.Shuffle(Enumerable.Range(0, trio.Envelopes.Count).ToArray())
            .SampleAsync(async order => Assert.Equal(expected, await trio.ArriveAsync(order)), iter: 12, threads: 1);
    }

    [Fact]
    public async Task Whatever_has_come_so_far_is_shown_the_same_in_whatever_order_it_came()
    {
        await using var trio = await Scene.MakeAsync();
        await Gen.Shuffle(Enumerable.Range(0, trio.Envelopes.Count).ToArray())
            .Select(Gen.Int[1, trio.Envelopes.Count - 1])
            .SampleAsync(
                async (order, known) =>
                {
                    var some = order[..known];
                    Assert.Equal(await trio.ArriveAsync([.. some.Order()]), await trio.ArriveAsync(some));
                },
                iter: 8,
                threads: 1
            );
    }

    [Fact]
    public async Task What_answers_a_message_that_never_comes_is_said_to_after_three_days_and_counts_when_it_comes_after_all()
    {
        await using var trio = await Scene.MakeAsync();
        await trio.ArriveAsync([1]);
        var waiting = await trio.ShownAsync();
        Assert.False(waiting.HasOpening);
        Assert.Equal((true, false), (waiting.Messages[0].Waiting, waiting.Messages[0].NeverCame));
        trio.Qp.Clock.Advance(TimeSpan.FromHours(72));
        var late = Assert.Single((await trio.ShownAsync()).Messages);
        Assert.Equal((true, true), (late.Waiting, late.NeverCame));
        Assert.Equal(
            waiting.Messages[0].Recipients.SelectMany(r => r.Marks).Select(m => m.Name),
            late.Recipients.SelectMany(r => r.Marks).Select(m => m.Name)
        );
        await trio.HandInAsync(0);
        var whole = await trio.ShownAsync();
        Assert.True(whole.HasOpening);
        Assert.All(whole.Messages, m => Assert.Equal((false, false), (m.Waiting, m.NeverCame)));
    }

    private sealed class Scene(Pair pair, ExchangeNode qp) : IAsyncDisposable
    {
        private readonly HashSet<Guid> _taken = [];
        private string _conversation = "";

        public ExchangeNode Qp => qp;

        /// <summary>Sealed for QP, in the order in which they were made.</summary>
        public List<(ExchangeNode From, ReadOnlyMemory<byte> Octets)> Envelopes { get; } = [];

        public static async Task<Scene> MakeAsync()
        {
            var pair = await Pair.MakeAsync();
            var qp = await ExchangeNode.SetUpAsync("QP", pair.Qm.Clock.GetUtcNow().AddMinutes(-5));
            foreach (var (one, other) in new[] { (pair.Qm, qp), (qp, pair.Qm), (pair.Qn, qp), (qp, pair.Qn) })
                await one.LearnAsync(other);
            qp.Clock.Advance(TimeSpan.FromHours(1));
            var scene = new Scene(pair, qp);
            await scene.SpeakAsync();
            return scene;
        }

        /// <summary>Takes everything away that came, and lets some of it come in an order, each at its own time.</summary>
        public async Task<string> ArriveAsync(IReadOnlyList<int> order)
        {
            await qp.WriteAsync(async db =>
            {
                await db.Set<StoredReceipt>().ExecuteDeleteAsync();
                await db.Set<SeenId>().ExecuteDeleteAsync();
                await db.Set<StoredMessage>().ExecuteDeleteAsync();
                await db.Set<Conversation>().ExecuteDeleteAsync();
            });
            foreach (var index in order)
            {
                qp.Clock.Advance(TimeSpan.FromSeconds(1));
                await HandInAsync(index);
            }
            return Bare(JsonSerializer.SerializeToNode(await ShownAsync())!)!.ToJsonString();
        }

        public async Task HandInAsync(int index) =>
            Assert.IsType<Reception.Accepted>(
                await Pair.HandInAsync(Envelopes[index].From, qp, Envelopes[index].Octets)
            );

        public async Task<ConversationView> ShownAsync() => (await Pair.ConversationAsync(qp, _conversation))!;

        public async ValueTask DisposeAsync()
        {
            await pair.DisposeAsync();
            await qp.DisposeAsync();
        }

        private async Task SpeakAsync()
        {
            var first = await SayAsync(
                pair.Qm,
                Pair.Notification("Seen.") with
                {
                    To = ["QN/technical", "QP/technical"],
                }
            );
            _conversation = first.Conversation;
            var answer = await SayAsync(pair.Qn, Words("information", "We see it too.", first.Id));
            var update = await SayAsync(pair.Qm, Words("update", "One more."));
            await SayAsync(pair.Qm, Words("update", "And another one.", answer.Id));
            await SayAsync(pair.Qm, Words("withdrawal", "One too many.", update.Id));
            var opening = await Forging.OpeningAsync(pair.Qn, _conversation);
            // QN says that it was first, that QP may close, and answers what QP never gets; each is good in itself.
            var remark = Forging.Notification(pair.Qn, "QP/technical", "x").In(opening) with
            {
                Kind = MessageKind.Information,
                Fields = new TextFields("I was first."),
            };
            await ForgeAsync(remark with { Created = remark.Created.AddHours(-5) });
            await ForgeAsync(
                remark with
                {
                    Id = NewId(),
                    Kind = MessageKind.Closure,
                    Fields = new TextFields("Over."),
                }
            );
            var never = new MessageReference(NewId(), Digest.Of("never"u8));
            await ForgeAsync(remark with { Id = NewId(), InReplyTo = never, Fields = new TextFields("As they say.") });
            await SayAsync(pair.Qm, Words("closure", "Thank you."));
        }

        private MessageId NewId() => MessageId.New(pair.Qn.Clock.GetUtcNow().UtcDateTime);

        private SendMessage Words(string kind, string text, string? inReplyTo = null) =>
            new(
                "",
                null,
                null,
                new MessageDraft(
                    kind,
                    _conversation,
                    inReplyTo,
                    Tlp: "AMBER",
                    Fields: JsonSerializer.SerializeToElement(new { text })
                )
            );

        // To everybody else; QM and QN take it at once, what is for QP is put by.
        private async Task<MessageAccepted> SayAsync(ExchangeNode from, SendMessage message)
        {
            var others = new[] { pair.Qm, pair.Qn, qp }.Where(n => n != from).Select(n => n.Technical.Value);
            var request = message with { From = from.Technical.Value, To = [.. others] };
            var accepted = ExchangeNode.Done(
                await from.AskAsync<SendMessageHandler, Outcome<MessageAccepted>>(h => h.HandleAsync(request, default))
            );
            await from.WorkAsync(Acceptance.SealWork);
            foreach (var (parcel, octets) in (await Pair.WaitingAsync(from)).Where(p => _taken.Add(p.Parcel.Id)))
            {
                if (new Uri(parcel.Node).Host.StartsWith("qp", StringComparison.Ordinal))
                    Envelopes.Add((from, octets));
                else
                    await Pair.SettleAsync(from, parcel, await Pair.HandInAsync(from, Other(from), octets));
            }
            foreach (var node in new[] { pair.Qm, pair.Qn, qp })
                node.Clock.Advance(TimeSpan.FromMinutes(1));
            return accepted;
        }

        private ExchangeNode Other(ExchangeNode node) => node == pair.Qm ? pair.Qn : pair.Qm;

        private async Task ForgeAsync(Message message) =>
            Envelopes.Add((pair.Qn, await Forging.SealAsync(pair.Qn, qp, message)));

        private static JsonNode? Bare(JsonNode? node)
        {
            foreach (var name in OfArrival)
                (node as JsonObject)?.Remove(name);
            var inner = node switch
            {
                JsonObject members => members.Select(m => m.Value),
                JsonArray items => items,
                _ => [],
            };
            foreach (var one in inner)
                Bare(one);
            return node;
        }
    }
}
