using System.ComponentModel;
using System.Diagnostics;
using Comity.Kernel.Data;
using Npgsql;

namespace Comity.Data.Postgres;

/// <summary>One of the server's own programs, told by its environment where the database is: a command line is no place for a password.</summary>
internal sealed class ServerProgram(string name, string connectionString)
{
    private const int ShownOfAnError = 2000;

    /// <exception cref="MissingProgramException">It is not installed.</exception>
    /// <exception cref="IOException">It failed, with what it said.</exception>
    public async Task RunAsync(IEnumerable<string> arguments, CancellationToken ct)
    {
        var connection = new NpgsqlConnectionStringBuilder(connectionString);
        var start = new ProcessStartInfo(name)
        {
            UseShellExecute = false,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        start.Environment["PGHOST"] = connection.Host;
        start.Environment["PGPORT"] = $"{connection.Port}";
        start.Environment["PGUSER"] = connection.Username;
        start.Environment["PGPASSWORD"] = connection.Password;
        start.Environment["PGSSLMODE"] = Mode(connection.SslMode);
        if (connection.RootCertificate is { Length: > 0 } root)
            start.Environment["PGSSLROOTCERT"] = root;
        start.ArgumentList.Add($"--dbname={connection.Database}");
        start.ArgumentList.Add("--no-password");
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        using var process = Start(start);
        process.StandardInput.Close();
        try
        {
            var said = await process.StandardError.ReadToEndAsync(ct);
            await process.WaitForExitAsync(ct);
            if (process.ExitCode != 0)
                throw new IOException($"{name} failed: {said[..Math.Min(said.Length, ShownOfAnError)].Trim()}");
        }
        finally
        {
            if (!process.HasExited)
                process.Kill();
        }
    }

    private static string Mode(SslMode mode) =>
        mode switch
        {
            SslMode.VerifyCA => "verify-ca",
            SslMode.VerifyFull => "verify-full",
            _ => $"{mode}".ToLowerInvariant(),
        };

    private Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception)
        {
            throw new MissingProgramException(
                $"{name} is not on this machine. Install the client programs of PostgreSQL, of the server's version or newer "
                    + "(Debian: postgresql-client)."
            );
        }
    }
}
