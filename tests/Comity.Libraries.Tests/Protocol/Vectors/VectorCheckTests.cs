using System.Diagnostics;

namespace Comity.Libraries.Tests.Protocol.Vectors;

/// <summary>
/// The vectors are checked by a program that shares nothing with ours: <c>tests/vectors/check.py</c> has only what
/// <c>docs/protocol.md</c> says, Python's standard library, and GnuPG.
/// </summary>
public sealed class VectorCheckTests
{
    private static readonly string Script = Path.Combine(Vector.Folder, "..", "check.py");

    [Fact]
    public async Task A_program_in_another_language_finds_every_vector_as_the_specification_says()
    {
        var (code, lines) = await CheckAsync(Vector.Folder);
        Assert.DoesNotContain(lines, line => line.StartsWith("FAILED", StringComparison.Ordinal));
        Assert.Equal("104 checked, 0 failed", lines[^1]);
        Assert.Equal(0, code);
    }

    [Theory]
    [InlineData("message.json", "octets")]
    [InlineData("refused-messages.json", "code")]
    [InlineData("receipt.json", "signedOctets")]
    [InlineData("receipt.json", "document")]
    [InlineData("node-documents.json", "document")]
    [InlineData("snapshot.json", "snapshot")]
    [InlineData("envelopes.json", "mail")]
    [InlineData("evidence.json", "evidence")]
    public async Task One_changed_character_in_a_vector_is_found(string name, string member)
    {
        var folder = Directory.CreateTempSubdirectory("comity-vectors-").FullName;
        var text = await File.ReadAllTextAsync(
            Path.Combine(Vector.Folder, name),
            TestContext.Current.CancellationToken
        );
        var start = text.IndexOf($"\"{member}\": \"", StringComparison.Ordinal) + member.Length + 5;
        var at = start + ((text.IndexOf('\n', start) - start) / 2);
        // Not in the name of an escape.
        while (!char.IsAsciiLetterOrDigit(text[at]) || !char.IsAsciiLetterOrDigit(text[at - 1]))
        {
            at++;
        }

        var changed = text[..at] + (text[at] == 'A' ? 'B' : 'A') + text[(at + 1)..];
        await File.WriteAllTextAsync(Path.Combine(folder, name), changed, TestContext.Current.CancellationToken);
        var (code, lines) = await CheckAsync(folder);
        Directory.Delete(folder, recursive: true);
        Assert.Contains(lines, line => line.StartsWith("FAILED", StringComparison.Ordinal));
        Assert.Equal(1, code);
    }

    private static async Task<(int Code, string[] Lines)> CheckAsync(string folder)
    {
        Needs.Program("gpg", "gnupg");
        var start = new ProcessStartInfo(Needs.Program("python3", "python"), [Script, folder])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }
}
