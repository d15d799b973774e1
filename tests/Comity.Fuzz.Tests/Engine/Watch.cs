using System.Diagnostics;

namespace Comity.Fuzz.Tests.Engine;

/// <summary>
/// Keeps the running input where it survives the process, and ends the process when a case does not come back: an
/// endless loop or an overflowing stack cannot be caught from within.
/// </summary>
internal sealed class Watch : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly Timer timer;
    private readonly FileStream running;
    private readonly byte[] length = new byte[sizeof(int)];
    private long begun;

    public Watch(string folder)
    {
        global::System.IO.Directory.CreateDirectory(folder);
        RunningFile = Path.Combine(folder, "running.bin");
        running = new FileStream(RunningFile, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0);
        timer = new Timer(_ => Look(), null, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(5));
    }

    /// <summary>Four octets of length, little-endian, and the input that was being read when the process ended.</summary>
    public string RunningFile { get; }

    public void Begin(byte[] input)
    {
        BitConverter.TryWriteBytes(length, input.Length);
        running.Position = 0;
        running.Write(length);
        running.Write(input);
        Volatile.Write(ref begun, Stopwatch.GetTimestamp());
    }

    public void End() => Volatile.Write(ref begun, 0);

    public void Dispose()
    {
        timer.Dispose();
        running.Dispose();
        File.Delete(RunningFile);
    }

    private void Look()
    {
        var since = Volatile.Read(ref begun);
        if (since != 0 && Stopwatch.GetElapsedTime(since) > Patience)
            Environment.FailFast($"A case has not come back for {Patience}; its input is in {RunningFile}.");
    }
}
