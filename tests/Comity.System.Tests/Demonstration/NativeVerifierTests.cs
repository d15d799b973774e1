using System.Diagnostics;
using System.Text;

namespace Comity.System.Tests.Demonstration;

/// <summary>
/// The verifier as people get it: one native program that needs no runtime, on the files that the demonstration kept.
/// </summary>
[Collection(nameof(DemonstrationRun))]
public sealed class NativeVerifierTests(DemonstrationRun run)
{
    private string Evidence => Path.Combine(run.Folder, "evidence.json");

    private string Trust => Path.Combine(run.Folder, "trust.json");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_needs_no_runtime()
    {
        var program = Needs.NativeVerifier();
        Assert.Equal("\u007fELF"u8.ToArray(), (await File.ReadAllBytesAsync(program, Ct))[..4]);
        Assert.False(File.Exists(program + ".dll"));
        // Nothing of the surroundings reaches it: neither a PATH nor where a runtime could be found.
        Assert.Equal(0, (await VerifyAsync("--version")).Code);
    }

    [Fact]
    public async Task It_proves_the_evidence_of_the_demonstration_line_by_line_and_says_what_the_other_form_says()
    {
        string[] words = ["evidence", Evidence, "--trust", Trust];
        var native = await VerifyAsync(words);
        var other = await Said.ByAsync(["evidence", "verify", Evidence, "--trust", Trust]);
        Assert.Equal(0, native.Code);
        Assert.Contains("proven", native.Output, StringComparison.Ordinal);
        Assert.Equal(other.Output, native.Output);
        Assert.Equal(0, (await VerifyAsync([.. words, "--json"])).Code);
    }

    [Fact]
    public async Task One_flipped_octet_makes_it_fail_with_the_reason()
    {
        var octets = await File.ReadAllBytesAsync(Evidence, Ct);
        // The middle of a signed document: the file stays JSON.
        var at = Encoding.UTF8.GetString(octets).IndexOf("\"statements\":[\"", StringComparison.Ordinal) + 100;
        octets[at] = octets[at] == (byte)'A' ? (byte)'B' : (byte)'A';
        var flipped = Path.Combine(run.Folder, "flipped-for-native.json");
        await File.WriteAllBytesAsync(flipped, octets, Ct);
        var told = await VerifyAsync("evidence", flipped, "--trust", Trust);
        Assert.Equal(1, told.Code);
        Assert.Contains("FAILED", told.Output, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task It_checks_a_snapshot_down_to_the_root_and_no_other()
    {
        var shown = await run.ComityAsync("QZ", "directory", "show", "--snapshot");
        var snapshot = Path.Combine(run.Folder, "snapshot-for-native.json");
        await File.WriteAllTextAsync(snapshot, shown.Output, Ct);
        var root = global::System.Text.Json.Nodes.JsonNode.Parse(await File.ReadAllTextAsync(Trust, Ct))!["roots"]![0]!;
        Assert.Equal(0, (await VerifyAsync("directory", snapshot, "--root", (string)root!)).Code);
        Assert.Equal(1, (await VerifyAsync("directory", snapshot, "--root", new string('0', 64))).Code);
    }

    private static async Task<Said> VerifyAsync(params IReadOnlyList<string> words)
    {
        var start = new ProcessStartInfo(Needs.NativeVerifier(), words)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.Environment.Clear();
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(Ct), process.StandardError.ReadToEndAsync(Ct));
        await process.WaitForExitAsync(Ct);
        return new(process.ExitCode, await output, await errors);
    }
}
