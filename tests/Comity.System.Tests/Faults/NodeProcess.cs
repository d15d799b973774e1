using System.Diagnostics;
using Comity.Node.Commands;
using Comity.System.Tests.Demonstration;

namespace Comity.System.Tests.Faults;

/// <summary>One process of the program: what it prints is kept, whether it is ready is heard, and it can be killed.</summary>
internal sealed class NodeProcess : IDisposable
{
    private const int MostLines = 60;

    private readonly Process _process;
    private readonly Queue<string> _lines = new();
    private readonly List<string> _output = [];
    private readonly TaskCompletionSource<bool> _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _reading;

    private NodeProcess(Process process)
    {
        _process = process;
        _reading = Task.WhenAll(
            ReadAsync(process.StandardOutput, _output.Add),
            ReadAsync(process.StandardError, _ => { })
        );
        _ = EndedAsync();
    }

    public int ExitCode => _process.ExitCode;

    public bool HasExited => _process.HasExited;

    public bool IsReady => _ready.Task is { IsCompletedSuccessfully: true, Result: true };

    /// <summary>The last lines that it printed.</summary>
    public string Said
    {
        get
        {
            lock (_lines)
                return string.Join('\n', _lines);
        }
    }

    public static NodeProcess Start(IEnumerable<string> words, IReadOnlyDictionary<string, string> environment) =>
        new(Programs.Comity(words, environment));

    /// <summary>False where it ended before it was ready.</summary>
    public Task<bool> ReadyAsync(CancellationToken ct) => _ready.Task.WaitAsync(ct);

    /// <summary>Waits until a verb has ended, and gives what it said.</summary>
    public async Task<Said> EndAsync(CancellationToken ct)
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync(ct);
        await _reading;
        return new(_process.ExitCode, string.Join('\n', _output), Said);
    }

    /// <summary>SIGKILL, to this one process; then it is gone.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync(CancellationToken.None);
    }

    /// <summary>The end of its standard input is its sign to leave.</summary>
    public async Task LeaveAsync(TimeSpan longest)
    {
        if (_process.HasExited)
            return;
        _process.StandardInput.Close();
        using var patience = new CancellationTokenSource(longest);
        try
        {
            await _process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            await KillAsync();
        }
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
    }

    private async Task EndedAsync()
    {
        await _reading;
        _ready.TrySetResult(false);
    }

    // The pipes must not fill; of a node that runs for long only the last lines are of use.
    private async Task ReadAsync(StreamReader from, Action<string> keep)
    {
        while (await from.ReadLineAsync() is { } line)
        {
            lock (_lines)
            {
                if (_lines.Count == MostLines)
                    _lines.Dequeue();
                _lines.Enqueue(line);
                if (!_ready.Task.IsCompleted)
                    keep(line);
            }
            if (line.StartsWith("ready ", StringComparison.Ordinal))
                _ready.TrySetResult(true);
        }
    }
}
