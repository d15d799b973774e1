using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Comity.System.Tests.Demonstration;

/// <summary>
/// What stands indented in a section of docs/operating.md, done to the letter in an empty folder, but for what a machine has
/// of its own: ports, what was printed a moment ago, where the database is.
/// </summary>
internal sealed partial class DocumentedSteps : IAsyncDisposable
{
    private readonly string _folder = global::System.IO.Directory.CreateTempSubdirectory("comity-operating-").FullName;
    private readonly List<Process> _nodes = [];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>What stands in the place of words of the document.</summary>
    public Dictionary<string, string> FilledIn { get; } = new(StringComparer.Ordinal);

    /// <summary>Before each step.</summary>
    public Func<string, Task> Before { get; init; } = _ => Task.CompletedTask;

    /// <summary>After each step but those that start nodes: the step, and what it printed.</summary>
    public Action<string, string> After { get; init; } = (_, _) => { };

    /// <summary>Does them in their order; what the last one printed.</summary>
    public async Task<string> DoAsync(string section)
    {
        await LayLauncherAsync();
        var said = "";
        foreach (var block in Blocks(await File.ReadAllTextAsync(Document(), Ct), section))
            said = block.Contains("./comity serve", StringComparison.Ordinal)
                ? await ServeAsync(block)
                : await RunAsync(block);
        return said;
    }

    /// <summary>A file in the folder.</summary>
    public Task WriteAsync(string name, string text) => File.WriteAllTextAsync(Path.Combine(_folder, name), text, Ct);

    public async Task<(int Code, string Output, string Errors)> SayAsync(string words)
    {
        using var shell = Shell(words);
        shell.StandardInput.Close();
        var (output, errors) = (shell.StandardOutput.ReadToEndAsync(Ct), shell.StandardError.ReadToEndAsync(Ct));
        await shell.WaitForExitAsync(Ct);
        return (shell.ExitCode, await output, await errors);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes)
        {
            node.StandardInput.Close();
            await node.WaitForExitAsync(CancellationToken.None);
            node.Dispose();
        }
        global::System.IO.Directory.Delete(_folder, recursive: true);
    }

    private static string Document() =>
        Path.Combine(Environment.GetEnvironmentVariable("COMITY_REPOSITORY") ?? Above(), "docs", "operating.md");

    private static string Above()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Comity.slnx")))
            folder = Path.GetDirectoryName(folder)!;
        return folder;
    }

    // What stands indented in the section, in its order.
    private static IEnumerable<string> Blocks(string document, string title)
    {
        var begin = document.IndexOf($"## {title}\n", StringComparison.Ordinal);
        var section = document[begin..document.IndexOf("\n## ", begin, StringComparison.Ordinal)];
        return Indented().Matches(section).Select(m => Unindented().Replace(m.Value, ""));
    }

    private async Task LayLauncherAsync()
    {
        var beside = AppContext.BaseDirectory;
        var launcher = Path.Combine(_folder, "comity");
        await File.WriteAllTextAsync(launcher, $"#!/bin/sh\nexec dotnet '{beside}comity.dll' \"$@\"\n", Ct);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(launcher, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private async Task<string> ServeAsync(string block)
    {
        foreach (var line in block.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var node = Shell($"exec {line} --leave-with-parent");
            _nodes.Add(node);
            while (await node.StandardOutput.ReadLineAsync(Ct) is { } told)
                if (told.StartsWith("ready ", StringComparison.Ordinal))
                    break;
            Assert.False(node.HasExited);
            _ = node.StandardOutput.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
            _ = node.StandardError.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
        }
        return "";
    }

    private async Task<string> RunAsync(string block)
    {
        await Before(block);
        var (code, output, errors) = await SayAsync(block);
        Assert.True(code == 0, $"{block}\n{output}\n{errors}");
        After(block, output);
        return output;
    }

    private Process Shell(string words)
    {
        foreach (var (name, value) in FilledIn)
            words = words.Replace(name, value, StringComparison.Ordinal);
        var start = new ProcessStartInfo("bash", ["-euc", words])
        {
            WorkingDirectory = _folder,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // Short lives, as the launcher of the repository has it.
        start.Environment["DOTNET_TieredPGO"] = "0";
        start.Environment["DOTNET_TC_CallCountThreshold"] = "1000";
        return Process.Start(start)!;
    }

    [GeneratedRegex(@"(?<=\n\n)(?:    .*\n|\n(?=    ))+", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Indented();

    [GeneratedRegex(@"^    ", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Unindented();
}
