using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Comity.Bench.Mail;

/// <summary>GnuPG with a home of its own: a process for each act, as a program that calls it would start one.</summary>
internal sealed class GnuPg : IAsyncDisposable
{
    /// <summary>What every call gets: nothing is asked, nothing is compressed, nothing is looked up.</summary>
    public static IReadOnlyList<string> Settings { get; } =
    ["--batch", "--no-tty", "--quiet", "--trust-model", "always", "--no-auto-check-trustdb", "--armor", "-z", "0"];

    // As many processes as there are cores, whoever calls.
    private static readonly SemaphoreSlim Cores = new(Environment.ProcessorCount);
    private readonly string _home;

    public GnuPg(string home)
    {
        _home = home;
        var private_ = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        Directory.CreateDirectory(home, private_);
    }

    /// <summary>Makes one key for each address: Ed25519 to sign, Curve25519 to encrypt, without a passphrase.</summary>
    public Task MakeKeysAsync(IEnumerable<string> addresses, CancellationToken stop)
    {
        var wanted = new StringBuilder("%no-protection\n");
        foreach (var address in addresses)
            wanted
                .Append("Key-Type: eddsa\nKey-Curve: ed25519\nKey-Usage: sign\n")
                .Append("Subkey-Type: ecdh\nSubkey-Curve: cv25519\nSubkey-Usage: encrypt\n")
                .Append(CultureInfo.InvariantCulture, $"Name-Email: {address}\nExpire-Date: 1y\n%commit\n");
        return RunAsync(wanted.ToString(), ["--generate-key"], stop);
    }

    public async Task ImportFromAsync(GnuPg other, CancellationToken stop) =>
        await RunAsync(await other.RunAsync("", ["--export"], stop), ["--import"], stop);

    public Task<string> SealAsync(string content, string from, string to, CancellationToken stop) =>
        RunAsync(content, ["--local-user", from, "--recipient", to, "--sign", "--encrypt"], stop);

    /// <summary>Opens, and insists on a good signature.</summary>
    public Task OpenAsync(string mail, CancellationToken stop) => InsistAsync(mail, "--decrypt", stop);

    public Task<string> SignAsync(string content, string from, CancellationToken stop) =>
        RunAsync(content, ["--local-user", from, "--clearsign"], stop);

    public Task VerifyAsync(string mail, CancellationToken stop) => InsistAsync(mail, "--verify", stop);

    public async ValueTask DisposeAsync() =>
        await new Shell().RunAsync("gpgconf", "--homedir", _home, "--kill", "gpg-agent");

    private async Task InsistAsync(string input, string act, CancellationToken stop)
    {
        var said = await RunAsync(input, ["--status-fd", "1", act], stop);
        if (!said.Contains("[GNUPG:] GOODSIG", StringComparison.Ordinal))
            throw new BenchException($"gpg {act} found no good signature.");
    }

    private async Task<string> RunAsync(string input, string[] act, CancellationToken stop)
    {
        await Cores.WaitAsync(stop);
        try
        {
            var start = new ProcessStartInfo("gpg", ["--homedir", _home, .. Settings, .. act])
            {
                UseShellExecute = false,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            using var gpg = Process.Start(start) ?? throw new BenchException("gpg could not be started.");
            var answer = gpg.StandardOutput.ReadToEndAsync(stop);
            var complaint = gpg.StandardError.ReadToEndAsync(stop);
            await gpg.StandardInput.WriteAsync(input.AsMemory(), stop);
            gpg.StandardInput.Close();
            await gpg.WaitForExitAsync(stop);
            return gpg.ExitCode == 0
                ? await answer
                : throw new BenchException($"gpg {string.Join(' ', act)}: {await complaint}");
        }
        finally
        {
            Cores.Release();
        }
    }
}
