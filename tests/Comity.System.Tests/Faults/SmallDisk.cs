using System.Diagnostics;
using System.Globalization;

namespace Comity.System.Tests.Faults;

/// <summary>A disk of a few megabytes under a folder, which can be filled up to the last octet and emptied again.</summary>
internal sealed class SmallDisk : IAsyncDisposable
{
    private const int Page = 4096;

    private readonly string _folder;
    private readonly Func<Task> _leave;

    private SmallDisk(string folder, Func<Task> leave) => (_folder, _leave) = (folder, leave);

    private string Filler => Path.Combine(_folder, "filler");

    /// <summary>Skips the test where none may be mounted.</summary>
    /// <param name="folder">Where; made if it is not there.</param>
    /// <param name="megabytes">Its size.</param>
    /// <param name="owner">The number of the user whose it is.</param>
    /// <param name="leave">Ends whoever works on it, before it is taken away.</param>
    public static async Task<SmallDisk> MountAsync(string folder, int megabytes, int owner, Func<Task> leave)
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "needs root, to mount a small disk");
        global::System.IO.Directory.CreateDirectory(folder);
        var options = string.Create(CultureInfo.InvariantCulture, $"size={megabytes}m,mode=0700,uid={owner}");
        var mounted = await RunAsync("mount", ["-t", "tmpfs", "-o", options, "comity-test", folder]);
        Assert.SkipUnless(mounted.Length == 0, $"needs to mount a small disk: {mounted}");
        return new SmallDisk(folder, leave);
    }

    /// <summary>Leaves no room for anything.</summary>
    public void Fill()
    {
        using var file = File.OpenHandle(Filler, FileMode.OpenOrCreate, FileAccess.Write);
        var (at, block) = (RandomAccess.GetLength(file), new byte[Page]);
        try
        {
            while (true)
            {
                RandomAccess.Write(file, block, at);
                at += block.Length;
            }
        }
        catch (IOException)
        {
            // That was the last page.
        }
    }

    public void Empty() => File.Delete(Filler);

    public async ValueTask DisposeAsync()
    {
        await _leave();
        Assert.Equal("", await RunAsync("umount", [_folder]));
    }

    private static async Task<string> RunAsync(string program, string[] words)
    {
        using var process = Process.Start(
            new ProcessStartInfo(program, words) { RedirectStandardError = true, UseShellExecute = false }
        )!;
        var said = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? "" : $"{program} {process.ExitCode} {said.Trim()}";
    }
}
