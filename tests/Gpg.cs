using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Comity.Tests;

/// <summary>GnuPG with a home of its own, as a judge that nobody here wrote. Clear text on disk is for tests only.</summary>
internal sealed class Gpg : IDisposable
{
    private readonly string[] _time;

    /// <param name="now">
    /// What GnuPG takes for the present (UTC), standing still: a key that takes two seconds to make is not from the future.
    /// The machine's clock where there is none.
    /// </param>
    public Gpg(DateTime? now = null)
    {
        _time = now is { } at
            ? ["--faked-system-time", at.ToString("yyyyMMdd'T'HHmmss'!'", CultureInfo.InvariantCulture)]
            : [];
        Needs.Program("gpg", "gnupg");
        // Short, because the agent's socket lies in it and socket paths are short.
        Home = global::System.IO.Directory.CreateTempSubdirectory("g").FullName;
    }

    public string Home { get; }

    public static bool Exists(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator)
            .Any(folder => File.Exists(Path.Combine(folder, program)));

    public string Put(string name, byte[] octets)
    {
        var path = Path.Combine(Home, name);
        File.WriteAllBytes(path, octets);
        return path;
    }

    public byte[] Get(string name) => File.ReadAllBytes(Path.Combine(Home, name));

    /// <summary>Runs gpg, which must succeed; gives what it said.</summary>
    public string Run(params string[] arguments)
    {
        var (code, said) = Try(arguments);
        Assert.True(code == 0, $"gpg {string.Join(' ', arguments)}\n{said}");
        return said;
    }

    public (int Code, string Said) Try(params string[] arguments) =>
        Start(
            "gpg",
            [
                "--batch",
                "--no-tty",
                "--yes",
                "--status-fd",
                "1",
                "--pinentry-mode",
                "loopback",
                "--trust-model",
                "always",
                .. _time,
                .. arguments,
            ]
        );

    public (int Code, string Said) Start(string program, IEnumerable<string> arguments, byte[]? input = null)
    {
        var (code, output, errors) = Pipe(program, arguments, input);
        return (code, Encoding.UTF8.GetString(output) + errors);
    }

    /// <summary>As <see cref="Start"/>, for programs that write octets.</summary>
    public (int Code, byte[] Output, string Errors) Pipe(string program, IEnumerable<string> arguments, byte[]? input)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            WorkingDirectory = Home,
        };
        start.Environment["GNUPGHOME"] = Home;
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        if (input is not null)
            process.StandardInput.BaseStream.Write(input);
        process.StandardInput.Close();
        using var output = new MemoryStream();
        process.StandardOutput.BaseStream.CopyTo(output);
        process.WaitForExit();
        return (process.ExitCode, output.ToArray(), errors.GetAwaiter().GetResult());
    }

    public void Dispose()
    {
        Start("gpgconf", ["--kill", "all"]);
        global::System.IO.Directory.Delete(Home, recursive: true);
    }
}
