using System.Diagnostics;
using System.Text;

namespace Comity.Eng;

/// <summary>Runs another program: arguments as a list (no shell between), output line by line, ended when we are.</summary>
internal sealed class Shell
{
    private readonly Dictionary<string, string?> environment = new(StringComparer.Ordinal);
    private readonly List<string> output = [];
    private string folder = Environment.CurrentDirectory;
    private Action<string>? onLine;
    private CancellationToken stop;

    /// <summary>What the program said on both channels, once it has ended.</summary>
    public IReadOnlyList<string> Output => output;

    public Shell In(string workingFolder)
    {
        folder = workingFolder;
        return this;
    }

    public Shell With(string name, string? value)
    {
        environment[name] = value;
        return this;
    }

    public Shell EachLine(Action<string> act)
    {
        onLine = act;
        return this;
    }

    public Shell Until(CancellationToken token)
    {
        stop = token;
        return this;
    }

    /// <summary>The exit code; 127 when there is no such program. Cancelling ends the program and all that it started.</summary>
    public async Task<int> RunAsync(string program, params IReadOnlyList<string> arguments)
    {
        using var process = Prepare(program, arguments);
        try
        {
            process.Start();
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            Keep(e.Message);
            return 127;
        }

        process.StandardInput.Close();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            await process.WaitForExitAsync(stop);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
            throw;
        }

        return process.ExitCode;
    }

    /// <summary>Whether the program is found on the PATH.</summary>
    public static bool Knows(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Append("/usr/sbin")
            .Any(folder => File.Exists(Path.Combine(folder, program)));

    internal Process Prepare(string program, IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, e) => Keep(e.Data);
        process.ErrorDataReceived += (_, e) => Keep(e.Data);
        return process;
    }

    private void Keep(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (output)
        {
            output.Add(line);
            onLine?.Invoke(line);
        }
    }
}
