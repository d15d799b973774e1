using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Comity.System.Tests.Faults;

/// <summary>
/// A load balancer at the address of a node: each connection is led to the next of its instances, past one that does not
/// listen. While it is held, what callers say is taken from them and not handed on, so that requests stay under way.
/// </summary>
internal sealed class Balancer : IAsyncDisposable
{
    private readonly TcpListener _listener;
    private readonly IReadOnlyList<int> _instances;
    private readonly CancellationTokenSource _end = new();
    private readonly ConcurrentBag<Task> _calls = [];
    private readonly Task _accepting;
    private TaskCompletionSource? _hold;
    private int _turn;

    /// <param name="port">Where it stands.</param>
    /// <param name="instances">The ports at which the instances listen.</param>
    public Balancer(int port, params IReadOnlyList<int> instances)
    {
        _listener = new TcpListener(IPAddress.Loopback, port);
        _instances = instances;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public void Hold() =>
        Volatile.Write(ref _hold, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));

    public void Release() => Interlocked.Exchange(ref _hold, null)?.SetResult();

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        await _accepting;
        await Task.WhenAll(_calls);
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _calls.Add(LeadAsync(await _listener.AcceptTcpClientAsync(_end.Token)));
        }
        catch (Exception ended) when (IsEnd(ended))
        {
            // The test is over.
        }
    }

    private async Task LeadAsync(TcpClient caller)
    {
        using (caller)
        {
            if (await ConnectAsync() is not { } instance)
                return;
            using (instance)
            {
                var there = PumpAsync(caller, instance, heeding: true);
                // A caller that is gone has said what it said; the instance goes on until it wants to answer.
                await PumpAsync(instance, caller, heeding: false);
                caller.Close();
                await there;
            }
        }
    }

    private async Task<TcpClient?> ConnectAsync()
    {
        for (var tries = 0; tries < _instances.Count; tries++)
        {
            var port = _instances[(int)((uint)Interlocked.Increment(ref _turn) % _instances.Count)];
            var client = new TcpClient { NoDelay = true };
            try
            {
                await client.ConnectAsync(IPAddress.Loopback, port, _end.Token);
                return client;
            }
            catch (Exception refused) when (IsEnd(refused))
            {
                client.Dispose();
            }
        }
        return null;
    }

    private async Task PumpAsync(TcpClient from, TcpClient to, bool heeding)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            int read;
            while ((read = await from.GetStream().ReadAsync(buffer, _end.Token)) > 0)
            {
                if (heeding && Volatile.Read(ref _hold) is { } hold)
                    await hold.Task.WaitAsync(_end.Token);
                await to.GetStream().WriteAsync(buffer.AsMemory(0, read), _end.Token);
            }
        }
        catch (Exception ended) when (IsEnd(ended))
        {
            // One side is gone.
        }
    }

    private static bool IsEnd(Exception fault) =>
        fault
            is IOException
                or SocketException
                or OperationCanceledException
                or ObjectDisposedException
                or InvalidOperationException;
}
