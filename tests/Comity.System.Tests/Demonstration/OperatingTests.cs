using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Comity.System.Tests.Demonstration;

/// <summary>The set-up of two nodes by hand, as docs/operating.md tells it, to the letter but for the ports.</summary>
public sealed partial class OperatingTests : IAsyncDisposable
{
    private readonly string _folder = global::System.IO.Directory.CreateTempSubdirectory("comity-operating-").FullName;
    private readonly List<Process> _nodes = [];
    private readonly Dictionary<string, string> _filledIn = new(StringComparer.Ordinal);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_nodes_are_set_up_by_hand_as_the_document_says()
    {
        await LayLauncherAsync();
        foreach (var port in new[] { "8801", "8802", "8803" })
            _filledIn[port] = $"{TlsNode.FreePort()}";
        var said = "";
        foreach (var block in Blocks(await File.ReadAllTextAsync(Document(), Ct)))
            said = block.Contains("./comity serve", StringComparison.Ordinal)
                ? await ServeAsync(block)
                : await RunAsync(block);
        Assert.Contains("/sign-in/", said, StringComparison.Ordinal);
        Assert.Contains("Nothing failed", _filledIn["verified"], StringComparison.Ordinal);
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
    private static IEnumerable<string> Blocks(string document)
    {
        var begin = document.IndexOf("## Two nodes by hand", StringComparison.Ordinal);
        var section = document[begin..document.IndexOf("\n## Keys", StringComparison.Ordinal)];
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
        if (block.Contains("exchange list", StringComparison.Ordinal))
            await ArrivedAsync();
        var (code, output, errors) = await SayAsync(block);
        Assert.True(code == 0, $"{block}\n{output}\n{errors}");
        Keep("FINGERPRINT", Root().Match(output));
        Keep("MESSAGE", Message().Match(output));
        Keep("CONVERSATION", Conversation().Match(output));
        if (block.Contains("evidence verify", StringComparison.Ordinal))
            _filledIn["verified"] = output;
        return output;
    }

    // "A few seconds later it is at QN."
    private async Task ArrivedAsync()
    {
        for (var attempt = 0; attempt < 60; attempt++)
        {
            if ((await SayAsync("./comity exchange show MESSAGE --data try/qn")).Code == 0)
                return;
            await Task.Delay(TimeSpan.FromMilliseconds(500), Ct);
        }
    }

    private void Keep(string name, Match found)
    {
        if (found.Success)
            _filledIn.TryAdd(name, found.Groups["found"].Value);
    }

    private async Task<(int Code, string Output, string Errors)> SayAsync(string words)
    {
        using var shell = Shell(words);
        shell.StandardInput.Close();
        var (output, errors) = (shell.StandardOutput.ReadToEndAsync(Ct), shell.StandardError.ReadToEndAsync(Ct));
        await shell.WaitForExitAsync(Ct);
        return (shell.ExitCode, await output, await errors);
    }

    private Process Shell(string words)
    {
        foreach (var (name, value) in _filledIn)
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

    [GeneratedRegex(
        @"directory root\s+(?<found>sha256:[0-9a-f]{64})",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Root();

    [GeneratedRegex(@"Accepted: (?<found>[0-9a-f-]{36})", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Message();

    [GeneratedRegex(
        @"in conversation (?<found>[0-9a-f-]{36})",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Conversation();
}
