using System.Text.Json;
using Comity.Exchange.Acknowledging;
using Comity.Exchange.Reading;
using Comity.Exchange.Sending;
using Comity.Kernel.Outcomes;
using Comity.Post;

namespace Comity.App.Tests.Exchange;

/// <summary>Three nodes that know one another; every parcel is carried to the node that it is addressed to.</summary>
internal sealed class Trio : IAsyncDisposable
{
    private readonly Pair _pair;

    private Trio(Pair pair, ExchangeNode third) => (_pair, Qp) = (pair, third);

    public ExchangeNode Qm => _pair.Qm;

    public ExchangeNode Qn => _pair.Qn;

    public ExchangeNode Qp { get; }

    private IReadOnlyList<ExchangeNode> All => [Qm, Qn, Qp];

    public static async Task<Trio> MakeAsync()
    {
        var pair = await Pair.MakeAsync();
        var third = await ExchangeNode.SetUpAsync("QP", pair.Qm.Clock.GetUtcNow().AddMinutes(-5));
        await pair.Qm.LearnAsync(third);
        await pair.Qn.LearnAsync(third);
        await third.LearnAsync(pair.Qm);
        await third.LearnAsync(pair.Qn);
        return new Trio(pair, third);
    }

    /// <summary>Seals what is to be sealed and carries everything that waits; every answer, in the order of sending.</summary>
    public async Task<IReadOnlyList<(ExchangeNode To, byte[] Octets, Reception Answer)>> CarryAsync(ExchangeNode from)
    {
        await from.WorkAsync(Acceptance.SealWork);
        var carried = new List<(ExchangeNode, byte[], Reception)>();
        foreach (var (parcel, octets) in await Pair.WaitingAsync(from))
        {
            var code = new Uri(parcel.Node).Host.Split('.')[0];
            var to = All.Single(node => node.Code.Equals(code, StringComparison.OrdinalIgnoreCase));
            var answer = await Pair.HandInAsync(from, to, octets, parcel.Route);
            await Pair.SettleAsync(from, parcel, answer);
            carried.Add((to, octets, answer));
        }
        return carried;
    }

    /// <summary>Sends as the technical office of a node.</summary>
    public static Task<Outcome<MessageAccepted>> TrySendAsync(ExchangeNode node, SendMessage message) =>
        node.AskAsync<SendMessageHandler, Outcome<MessageAccepted>>(h =>
            h.HandleAsync(message with { From = node.Technical.Value }, default)
        );

    /// <summary>Sends and carries; everybody takes it in.</summary>
    public async Task<MessageAccepted> SendAsync(ExchangeNode node, SendMessage message)
    {
        var accepted = ExchangeNode.Done(await TrySendAsync(node, message));
        Assert.All(await CarryAsync(node), c => Assert.IsType<Reception.Accepted>(c.Answer));
        return accepted;
    }

    /// <summary>A message of a kind that has a text, in a conversation; to whom, the node decides.</summary>
    public static SendMessage Say(string kind, string? conversation, string? about = null, string text = "Said.") =>
        new("", null, null, new MessageDraft(kind, conversation, about, Tlp: "AMBER", Fields: Json(new { text })));

    public static SendMessage Ask(string? conversation, string? about = null, string priority = "immediate") =>
        new(
            "",
            null,
            null,
            new MessageDraft(
                "clarification-request",
                conversation,
                about,
                Tlp: "AMBER",
                Fields: Json(new { priority, questions = new[] { "Is it an exercise of yours?", "Whom can we call?" } })
            )
        );

    public static JsonElement Json(object value) => JsonSerializer.SerializeToElement(value);

    public static Task<Outcome<Acknowledged>> AcknowledgeAsync(ExchangeNode node, string message) =>
        node.AskAsync<AcknowledgeHandler, Outcome<Acknowledged>>(h => h.HandleAsync(new(Guid.Parse(message)), default));

    /// <summary>What a node shows of a message.</summary>
    public static async Task<MessageView> SeenAsync(ExchangeNode node, string id) =>
        await Pair.MessageAsync(node, id) ?? throw new InvalidOperationException("It is not there.");

    public static async Task<IReadOnlyList<string>> MarksAsync(ExchangeNode node, string id, string office) =>
        [.. (await SeenAsync(node, id)).Recipients.Single(r => r.Office == office).Marks.Select(m => m.Name)];

    public async ValueTask DisposeAsync()
    {
        await _pair.DisposeAsync();
        await Qp.DisposeAsync();
    }
}
