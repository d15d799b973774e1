namespace Comity.System.Tests.Faults;

/// <summary>The clock of one node's process, which libfaketime sets; the process knows nothing of it.</summary>
internal sealed class WrongClock
{
    private readonly string _file;

    /// <param name="node">A node that has not been started yet.</param>
    public WrongClock(FaultNode node)
    {
        _file = node.Folder + ".clock";
        Set("+0");
        node.Environment["LD_PRELOAD"] = Needs.Library("libfaketime.so.1", "faketime");
        node.Environment["FAKETIME_TIMESTAMP_FILE"] = _file;
        // Read anew every second. How long something waits goes by a clock that nobody sets.
        node.Environment["FAKETIME_CACHE_DURATION"] = "1";
        node.Environment["FAKETIME_DONT_FAKE_MONOTONIC"] = "1";
        node.Environment["FAKETIME_FORCE_MONOTONIC_FIX"] = "0";
        node.Environment["NO_FAKE_STAT"] = "1";
    }

    /// <summary>From the next second on it differs from the true one by so much: <c>+1d</c>, <c>-3d</c>, <c>+0</c>.</summary>
    public void Set(string difference) => File.WriteAllText(_file, difference + "\n");
}
