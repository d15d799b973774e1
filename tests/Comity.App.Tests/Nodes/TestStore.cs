using System.Security.Cryptography;
using Comity.Tests;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Comity.App.Tests.Nodes;

/// <summary>Which database a test runs on.</summary>
public enum Store
{
    Sqlite,

    /// <summary>Skipped, with the reason, where no server is named by COMITY_TEST_POSTGRES.</summary>
    Postgres,
}

/// <summary>An empty data folder and an empty database, both gone afterwards.</summary>
internal sealed class TestStore : IAsyncDisposable
{
    private readonly string? _server;
    private readonly string _database;
    private readonly bool _owner;

    private TestStore(string? server, string? shared = null)
    {
        var name = "comity_" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6));
        (_server, _database, _owner) = (server, shared ?? name, shared is null);
        // Short, because the path of a socket has at most 108 octets.
        Folder = Path.Combine(Path.GetTempPath(), name);
        System.IO.Directory.CreateDirectory(Folder);
    }

    public string Folder { get; }

    /// <summary>Null means SQLite in the folder.</summary>
    public string? ConnectionString =>
        _server is null ? null : new NpgsqlConnectionStringBuilder(_server) { Database = _database }.ToString();

    public static async Task<TestStore> CreateAsync(Store store, CancellationToken ct)
    {
        var made = new TestStore(store == Store.Postgres ? Needs.Postgres() : null);
        await made.TellServerAsync($"CREATE DATABASE {made._database}", ct);
        return made;
    }

    /// <summary>Another folder with the same database, which stays when this is gone.</summary>
    public TestStore Beside() => new(_server, _database);

    public async ValueTask DisposeAsync()
    {
        if (_server is null)
            SqliteConnection.ClearAllPools();
        if (_owner)
            await TellServerAsync($"DROP DATABASE IF EXISTS {_database} WITH (FORCE)", CancellationToken.None);
        System.IO.Directory.Delete(Folder, recursive: true);
    }

    private async Task TellServerAsync(string statement, CancellationToken ct)
    {
        if (_server is null)
            return;
        var builder = new NpgsqlConnectionStringBuilder(_server) { Database = "postgres", Pooling = false };
        await using var connection = new NpgsqlConnection(builder.ToString());
        await connection.OpenAsync(ct);
        await using var command = connection.CreateCommand();
        command.CommandText = statement;
        await command.ExecuteNonQueryAsync(ct);
    }
}
