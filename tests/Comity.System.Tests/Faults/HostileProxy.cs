using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Comity.System.Tests.Faults;

/// <summary>
/// Stands on loopback where others look for a node, and passes on to where the node listens what and when it likes. What
/// it does follows from chance; the answers of the node go back as they came, or not at all.
/// </summary>
internal sealed class HostileProxy : IAsyncDisposable
{
    private const int MostKept = 64;
    public static IReadOnlyList<Misdeed> Kinds { get; } = [.. Enum.GetValues<Misdeed>().Where(m => m != Misdeed.None)];

    private static readonly TimeSpan LongestHeld = TimeSpan.FromSeconds(3);

    private readonly TcpListener _listener;
    private readonly NodeWire _node;
    private readonly Chance _chance;
    private readonly CancellationTokenSource _end = new();
    private readonly ConcurrentDictionary<Misdeed, int> _done = new();
    private readonly ConcurrentBag<Task> _running = [];
    private readonly List<WireMessage> _old = [];
    private readonly Task _accepting;
    private TaskCompletionSource _passed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <param name="at">The port of the node's address.</param>
    /// <param name="to">The port at which the node listens.</param>
    /// <param name="chance">What it does.</param>
    public HostileProxy(int at, int to, Chance chance)
    {
        (_node, _chance) = (new NodeWire(to, _end.Token), chance);
        _listener = new TcpListener(IPAddress.Loopback, at);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>Whether it does harm; at first it does none.</summary>
    public bool IsHostile { get; set; }

    /// <summary>How often it did what.</summary>
    public int Did(Misdeed misdeed) => _done.GetValueOrDefault(misdeed);

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Dispose();
        await _accepting;
        await Task.WhenAll(_running);
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var came = await _listener.AcceptTcpClientAsync(_end.Token);
                _running.Add(Task.Run(() => ServeAsync(came)));
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(TcpClient came)
    {
        try
        {
            using (came)
            {
                var stream = came.GetStream();
                if (await WireMessage.ReadAsync(stream, _end.Token) is not { } request)
                    return;
                if (await AnswerAsync(request) is { } answer)
                    await stream.WriteAsync(answer, _end.Token);
            }
        }
        catch (Exception broken)
            when (broken is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // Whoever called gave up, or the node is away: nothing is answered.
        }
    }

    /// <summary>What is given back; null where the connection just ends.</summary>
    private async Task<ReadOnlyMemory<byte>?> AnswerAsync(WireMessage request)
    {
        var misdeed = IsHostile && request.IsSigned ? Choose() : Misdeed.None;
        var old = request.IsSigned ? Exchange(request) : null;
        if (misdeed is Misdeed.Replayed or Misdeed.OtherBody && old is null)
            misdeed = Misdeed.None;
        _done.AddOrUpdate(misdeed, 1, (_, count) => count + 1);
        try
        {
            return await DoAsync(misdeed, request, old);
        }
        finally
        {
            Interlocked
                .Exchange(ref _passed, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously))
                .SetResult();
        }
    }

    private async Task<ReadOnlyMemory<byte>?> DoAsync(Misdeed misdeed, WireMessage request, WireMessage? old)
    {
        switch (misdeed)
        {
            case Misdeed.TwiceAtOnce:
                var both = await Task.WhenAll(_node.PassAsync(request.Octets), _node.PassAsync(request.Octets));
                return both[_chance.Below(2)];
            case Misdeed.TwiceLater:
                var first = await _node.PassAsync(request.Octets);
                _running.Add(AgainAsync(request));
                return first;
            case Misdeed.HeldBack:
                await OthersAsync();
                return await _node.PassAsync(request.Octets);
            case Misdeed.Delayed:
                await Task.Delay(_chance.Moment(800), _end.Token);
                return await _node.PassAsync(request.Octets);
            case Misdeed.CutOnTheWay:
                var octets = request.Octets;
                await _node.BreakAsync(octets.AsMemory(0, octets.Length - 1 - _chance.Below(octets.Length / 2)));
                return null;
            case Misdeed.Shortened:
                return await _node.PassAsync(request.With(request.Body[..(request.Body.Length / 2)]).Octets);
            case Misdeed.AnswerCut:
                var whole = await _node.PassAsync(request.Octets);
                return whole.AsMemory(0, _chance.Below(whole.Length));
            case Misdeed.AnswerLost:
                await _node.PassAsync(request.Octets);
                return null;
            case Misdeed.Replayed:
                await _node.PassAsync(old!.Octets);
                return await _node.PassAsync(request.Octets);
            case Misdeed.OtherBody:
                return await _node.PassAsync(request.With(old!.Body).Octets);
            default:
                return await _node.PassAsync(request.Octets);
        }
    }

    private Misdeed Choose() => _chance.OneIn(4) ? Misdeed.None : Kinds[_chance.Below(Kinds.Count)];

    /// <summary>Keeps one and gives an older one.</summary>
    private WireMessage? Exchange(WireMessage request)
    {
        lock (_old)
        {
            var one = _old.Count == 0 ? null : _old[_chance.Below(_old.Count)];
            if (_old.Count < MostKept)
                _old.Add(request);
            else
                _old[_chance.Below(MostKept)] = request;
            return one;
        }
    }

    // Until two others are through; where nobody else comes, not for ever.
    private async Task OthersAsync()
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(_end.Token);
        patience.CancelAfter(LongestHeld);
        try
        {
            for (var others = 0; others < 2; others++)
                await Volatile.Read(ref _passed).Task.WaitAsync(patience.Token);
        }
        catch (OperationCanceledException) when (!_end.IsCancellationRequested)
        {
            // It has been held for long enough.
        }
    }

    private async Task AgainAsync(WireMessage request)
    {
        try
        {
            await Task.Delay(_chance.Moment(2_000), _end.Token);
            await _node.PassAsync(request.Octets);
        }
        catch (Exception broken) when (broken is IOException or SocketException or OperationCanceledException)
        {
            // The node does not hear it a second time.
        }
    }
}
