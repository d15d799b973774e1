using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace Comity.Eng;

/// <summary>A PostgreSQL server of this run only: own folder, own port on loopback, own password, never as root.</summary>
internal sealed class PrivatePostgres : IAsyncDisposable
{
    private readonly string folder;
    private readonly string programs;
    private readonly int port;
    private readonly string password = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
    private readonly List<string> said = [];
    private Process? server;

    private PrivatePostgres(string folder, string programs, int port)
    {
        this.folder = folder;
        this.programs = programs;
        this.port = port;
    }

    public string ConnectionString =>
        string.Create(CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={port};Username=comity;Password={password}");

    /// <exception cref="InvalidOperationException">It did not come up; the message holds what it said.</exception>
    public static async Task<PrivatePostgres> StartAsync(string programs, CancellationToken stop)
    {
        var folder = Directory.CreateTempSubdirectory("comity-postgres-").FullName;
        var cluster = new PrivatePostgres(folder, programs, FreePort());
        try
        {
            await cluster.InitialiseAsync(stop);
            await cluster.ServeAsync(stop);
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (server is { HasExited: false })
        {
            // SIGINT is PostgreSQL's fast shutdown; it ends the sessions and leaves no shared memory behind.
            await new Shell().RunAsync("kill", ["-INT", server.Id.ToString(CultureInfo.InvariantCulture)]);
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(15));
            try
            {
                await server.WaitForExitAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                server.Kill(entireProcessTree: true);
            }
        }

        server?.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private async Task InitialiseAsync(CancellationToken stop)
    {
        var secret = Path.Combine(folder, "password");
        await File.WriteAllTextAsync(secret, password, stop);
        if (Environment.IsPrivilegedProcess)
        {
            await MustAsync(stop, "chown", ["-R", Owner(), folder]);
        }

        var (program, arguments) = AsOwner(
            Path.Combine(programs, "initdb"),
            [
                "-D",
                Path.Combine(folder, "data"),
                "-U",
                "comity",
                "--auth=scram-sha-256",
                $"--pwfile={secret}",
                "-E",
                "UTF8",
                "--locale=C",
                "-N",
            ]
        );
        await MustAsync(stop, program, arguments);
        File.Delete(secret);
    }

    private async Task ServeAsync(CancellationToken stop)
    {
        var (program, arguments) = AsOwner(
            Path.Combine(programs, "postgres"),
            [
                "-D",
                Path.Combine(folder, "data"),
                "-p",
                port.ToString(CultureInfo.InvariantCulture),
                "-k",
                folder,
                .. Settings,
            ]
        );
        var shell = new Shell().In(folder).EachLine(said.Add);
        server = shell.Prepare(program, arguments);
        server.Start();
        server.StandardInput.Close();
        server.BeginOutputReadLine();
        server.BeginErrorReadLine();
        for (var tries = 0; tries < 150; tries++)
        {
            stop.ThrowIfCancellationRequested();
            if (server.HasExited)
            {
                break;
            }

            if (await AnswersAsync(stop))
            {
                return;
            }

            await Task.Delay(100, stop);
        }

        throw new InvalidOperationException($"PostgreSQL did not come up: {string.Join(" / ", said)}");
    }

    private static readonly string[] Settings =
    [
        .. new[]
        {
            "listen_addresses=127.0.0.1",
            "fsync=off",
            "synchronous_commit=off",
            "full_page_writes=off",
            "max_connections=200",
            "shared_buffers=128MB",
            "timezone=UTC",
        }.SelectMany(s => new[] { "-c", s }),
    ];

    private async Task<bool> AnswersAsync(CancellationToken stop) =>
        await new Shell().Until(stop).RunAsync(Path.Combine(programs, "psql"), ["-d", Uri, "-Atc", "select 1"]) == 0;

    private string Uri =>
        string.Create(CultureInfo.InvariantCulture, $"postgresql://comity:{password}@127.0.0.1:{port}/postgres");

    private static string Owner() =>
        File.ReadLines("/etc/passwd").Any(l => l.StartsWith("postgres:", StringComparison.Ordinal))
            ? "postgres"
            : "nobody";

    /// <summary>PostgreSQL refuses to run as root; setpriv becomes the program, so its process is ours to stop.</summary>
    private static (string Program, IReadOnlyList<string> Arguments) AsOwner(string program, string[] arguments) =>
        Environment.IsPrivilegedProcess
            ? ("setpriv", ["--reuid", Owner(), "--regid", Group(), "--clear-groups", "--", program, .. arguments])
            : (program, arguments);

    private static string Group() => Owner() == "postgres" ? "postgres" : "nogroup";

    private async Task MustAsync(CancellationToken stop, string program, IReadOnlyList<string> arguments)
    {
        var shell = new Shell().In(folder).Until(stop);
        if (await shell.RunAsync(program, arguments) != 0)
        {
            throw new InvalidOperationException($"{program}: {string.Join(" / ", shell.Output)}");
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
