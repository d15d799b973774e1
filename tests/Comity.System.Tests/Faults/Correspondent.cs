using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Comity.Node.Commands;
using Comity.Protocol;

namespace Comity.System.Tests.Faults;

/// <summary>
/// The operator of one node, who sends to the other one while either may die: notifications, updates, and
/// acknowledgements of what came. Where the answer is lost, the same is mostly sent again under the same id, and
/// sometimes given up: then nobody knows, and it may be there or not.
/// </summary>
internal sealed class Correspondent(FaultNode here, Chance chance)
{
    private const int AtOnce = 4;
    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(50);

    private readonly ConcurrentQueue<string> _toAcknowledge = new();
    private readonly List<string> _mine = [];
    private int _count;

    public FaultNode Here { get; } = here;

    public Correspondent? Other { get; private set; }

    public Ledger Told { get; } = new();

    public static (Correspondent One, Correspondent Other) Pair(Neighbourhood nodes, ulong seed)
    {
        var one = new Correspondent(nodes.One, new Chance(seed, 1));
        var other = new Correspondent(nodes.Other, new Chance(seed, 2)) { Other = one };
        one.Other = other;
        return (one, other);
    }

    /// <summary>Has so many things sent, a few at a time, and ends when each was answered or given up.</summary>
    public Task SendAsync(int count, CancellationToken ct) =>
        Parallel.ForAsync(
            0,
            count,
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = ct },
            async (_, token) => await SendOneAsync($"{Here.Code}-{Interlocked.Increment(ref _count)}", token)
        );

    private async Task SendOneAsync(string mark, CancellationToken ct)
    {
        Told.Ask(mark);
        if (chance.OneIn(4) && _toAcknowledge.TryDequeue(out var came) && await AcknowledgeAsync(came, mark, ct))
            return;
        var conversation = chance.OneIn(12) ? null : Known();
        var letter = conversation is null
            ? Letters.Notification(Here, Other!.Here, mark)
            : Letters.Update(Here, Other!.Here, conversation, mark);
        letter["id"] = MessageId.New(TimeProvider.System.GetUtcNow().UtcDateTime).ToString();
        if (chance.OneIn(6))
            letter.With(chance.OneIn(4) ? 300_000 : 2_000);
        if (await InsistAsync("exchange/send", letter, ct) is not { Said: { } said })
            return;
        Told.Accept(mark, said.Text("id"), said.Text("conversation"));
        if (conversation is not null)
            return;
        lock (_mine)
            _mine.Add(said.Text("conversation"));
        Other!._toAcknowledge.Enqueue(said.Text("id"));
    }

    // False where the notification has not come yet: then something else is sent under this mark.
    private async Task<bool> AcknowledgeAsync(string message, string mark, CancellationToken ct)
    {
        var answer = await InsistAsync("exchange/acknowledge", Letters.Acknowledgement(message, mark), ct);
        if (answer is { Code: "exchange.no-such-message" })
        {
            _toAcknowledge.Enqueue(message);
            return false;
        }
        if (answer is { Said: { } said })
            Told.Accept(mark, said.Text("id"), said.Text("conversation"));
        return true;
    }

    /// <summary>Null where it was given up.</summary>
    private async Task<Answered?> InsistAsync(string path, JsonObject body, CancellationToken ct)
    {
        for (var again = false; ; again = true)
        {
            await Here.UpAsync(ct);
            var asked = TimeProvider.System.GetUtcNow().UtcDateTime;
            var answer = await Here.TryPostAsync(path, body, ct);
            switch (answer)
            {
                case { Ending: Ending.Accepted, Said: { } said }:
                    if (again)
                        Told.Repeat(hadBeenAccepted: (DateTime)said["acceptedAt"]! < asked);
                    return answer;
                case { Code: "exchange.no-such-message" }:
                    return answer;
                // The answer to the attempt before was lost, and it had been accepted.
                case { Code: "exchange.already-said" }:
                    return null;
                case { Code: "exchange.at-the-same-time" }:
                    break;
                case { Ending: Ending.Refused }:
                    Assert.Fail($"{Here.Code} refused {path}: {answer.Code} {answer.Words}");
                    break;
                case var _ when chance.OneIn(5):
                    return null;
                default:
                    // A process that dies closes its connections before it is gone.
                    await Task.Delay(Breath, ct);
                    break;
            }
        }
    }

    private string? Known()
    {
        lock (_mine)
            return _mine.Count == 0 ? null : _mine[chance.Below(_mine.Count)];
    }
}
