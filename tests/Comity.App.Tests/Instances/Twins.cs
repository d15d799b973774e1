using Comity.App.Tests.Exchange;
using Comity.App.Tests.Nodes;
using Comity.Exchange.Sending;
using Comity.Kernel.Work;
using Comity.Post;

namespace Comity.App.Tests.Instances;

/// <summary>
/// QM, whose two instances share a database of PostgreSQL, and QN, that knows only QM. Nothing happens by itself: what
/// they do at the same moment, the test has them do.
/// </summary>
internal sealed class Twins : IAsyncDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 5, 3, 2, 0, 0, TimeSpan.Zero);

    private readonly TestStore _store;

    private Twins(TestStore store, ExchangeNode one, ExchangeNode qn)
    {
        _store = store;
        One = one;
        Other = one.Beside();
        Qn = qn;
    }

    public ExchangeNode One { get; }

    public ExchangeNode Other { get; }

    public ExchangeNode Qn { get; }

    public string Database => _store.ConnectionString!;

    public static async Task<Twins> MakeAsync()
    {
        var store = await TestStore.CreateAsync(Store.Postgres, TestContext.Current.CancellationToken);
        var one = await ExchangeNode.SetUpAsync("QM", Start, shared: store.ConnectionString);
        var twins = new Twins(store, one, await ExchangeNode.SetUpAsync("QN", Start));
        // A key that was made by a clock ahead is not valid yet.
        twins.One.Clock.Advance(TimeSpan.FromHours(1));
        twins.Qn.Clock.Advance(TimeSpan.FromHours(1));
        await twins.One.LearnAsync(twins.Qn);
        await twins.Qn.LearnAsync(twins.One);
        return twins;
    }

    /// <summary>Has both instances do something at the same moment.</summary>
    public Task<IReadOnlyList<T>> BothAsync<T>(string table, Func<ExchangeNode, Task<T>> work) =>
        Meeting.AtAsync(Database, table, () => work(One), () => work(Other));

    /// <summary>QN sends something to QM; the envelope, which nobody has carried yet.</summary>
    public async Task<byte[]> SealedByQnAsync(string seen)
    {
        await SendAsync(Qn, Pair.Notification(seen, "QM/technical"));
        return await LastSealedAsync(Qn);
    }

    /// <summary>Sends as the technical office of a node; nothing is sealed yet.</summary>
    public static async Task<MessageAccepted> SendAsync(ExchangeNode from, SendMessage message) =>
        ExchangeNode.Done(await Trio.TrySendAsync(from, message));

    /// <summary>Seals what is to be sealed; the one envelope that was not there before.</summary>
    public static async Task<byte[]> LastSealedAsync(ExchangeNode from)
    {
        var before = (await Pair.WaitingAsync(from)).Select(w => w.Parcel.Id).ToHashSet();
        await from.WorkAsync(Acceptance.SealWork);
        return Assert.Single(await Pair.WaitingAsync(from), w => !before.Contains(w.Parcel.Id)).Octets;
    }

    /// <summary>One instance of QM takes in what came from QN.</summary>
    public Task<Reception> TakeAsync(ExchangeNode at, byte[] octets, ParcelRoute route = ParcelRoute.Inbox) =>
        Pair.HandInAsync(Qn, at, octets, route);

    /// <summary>Does one piece of work at an instance, as its loop would.</summary>
    public static Task<WorkResult> DoAsync(ExchangeNode at, string kind, string key) =>
        at.Handler(kind).DoAsync(new WorkItem(Guid.CreateVersion7(), kind, key, DateTime.UnixEpoch), default);

    public async ValueTask DisposeAsync()
    {
        await Other.DisposeAsync();
        await One.DisposeAsync();
        await Qn.DisposeAsync();
        await _store.DisposeAsync();
    }
}
