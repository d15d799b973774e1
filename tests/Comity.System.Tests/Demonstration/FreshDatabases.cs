using System.Diagnostics;
using Npgsql;

namespace Comity.System.Tests.Demonstration;

/// <summary>Fresh databases on the server of the tests, dropped at the end.</summary>
internal sealed class FreshDatabases : IAsyncDisposable
{
    private readonly string _server;

    private FreshDatabases(string server, IReadOnlyDictionary<string, string> byCode)
    {
        _server = server;
        ByCode = byCode;
    }

    /// <summary>Connection strings by name; without other names, by the code of a participant.</summary>
    public IReadOnlyDictionary<string, string> ByCode { get; }

    public static async Task<FreshDatabases> MakeAsync(string server, params string[] names)
    {
        var byCode = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var code in names.Length > 0 ? names : ["QM", "QN", "QZ"])
        {
            var name = $"comity_{code.ToLowerInvariant()}_{Guid.CreateVersion7():N}";
            await ExecuteAsync(server, $"CREATE DATABASE {name}");
            byCode[code] = new NpgsqlConnectionStringBuilder(server) { Database = name }.ToString();
        }
        return new FreshDatabases(server, byCode);
    }

    /// <summary>Everything in a database as <c>pg_dump</c> writes it.</summary>
    public static async Task<byte[]> DumpAsync(string program, string connection)
    {
        var parts = new NpgsqlConnectionStringBuilder(connection);
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true, UseShellExecute = false };
        foreach (
            var arg in (string[])
                ["-h", parts.Host!, "-p", $"{parts.Port}", "-U", parts.Username!, "--inserts", parts.Database!]
        )
            start.ArgumentList.Add(arg);
        start.Environment["PGPASSWORD"] = parts.Password;
        using var dump = Process.Start(start)!;
        using var octets = new MemoryStream();
        await dump.StandardOutput.BaseStream.CopyToAsync(octets);
        await dump.WaitForExitAsync();
        Assert.Equal(0, dump.ExitCode);
        return octets.ToArray();
    }

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        foreach (var connection in ByCode.Values)
            await ExecuteAsync(
                _server,
                $"DROP DATABASE {new NpgsqlConnectionStringBuilder(connection).Database} WITH (FORCE)"
            );
    }

    private static async Task ExecuteAsync(string server, string sql)
    {
        await using var connection = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(server) { Database = "postgres" }.ToString()
        );
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }
}
