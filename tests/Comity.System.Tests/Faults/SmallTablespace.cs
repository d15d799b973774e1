using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace Comity.System.Tests.Faults;

/// <summary>A small disk on which a server of PostgreSQL keeps one database.</summary>
internal sealed class SmallTablespace : IAsyncDisposable
{
    private readonly string _server = Needs.Postgres();
    private readonly string _name = $"small_{Guid.CreateVersion7():N}";
    private readonly string _folder = global::System.IO.Directory.CreateTempSubdirectory("comity-tablespace-").FullName;
    private readonly string _database;
    private readonly Func<Task> _leave;

    private SmallTablespace(string database, Func<Task> leave) =>
        (_database, _leave) = (new NpgsqlConnectionStringBuilder(database).Database!, leave);

    public SmallDisk Disk { get; private set; } = null!;

    /// <param name="database">Connection string of a database in which nothing is yet.</param>
    /// <param name="megabytes">The size of the disk.</param>
    /// <param name="leave">Ends whoever works on it, before it is taken away.</param>
    public static async Task<SmallTablespace> MakeAsync(string database, int megabytes, Func<Task> leave)
    {
        var space = new SmallTablespace(database, leave);
        try
        {
            await space.MakeAsync(megabytes);
            return space;
        }
        catch
        {
            global::System.IO.Directory.Delete(space._folder, recursive: true);
            throw;
        }
    }

    private async Task MakeAsync(int megabytes)
    {
        // The server is another user, who must get to what is mounted there.
        await RunAsync("chmod", "0711", _folder);
        var data = await AskAsync("SHOW data_directory");
        var owner = int.Parse(await RunAsync("stat", "-c", "%u", data), CultureInfo.InvariantCulture);
        var disk = Path.Combine(_folder, "disk");
        Disk = await SmallDisk.MountAsync(disk, megabytes, owner, DropAsync);
        await AskAsync($"CREATE TABLESPACE {_name} LOCATION '{disk}'");
        await AskAsync($"ALTER DATABASE {_database} SET TABLESPACE {_name}");
    }

    public async ValueTask DisposeAsync()
    {
        await Disk.DisposeAsync();
        global::System.IO.Directory.Delete(_folder, recursive: true);
    }

    private async Task DropAsync()
    {
        await _leave();
        Disk.Empty();
        NpgsqlConnection.ClearAllPools();
        await AskAsync($"DROP DATABASE {_database} WITH (FORCE)");
        await AskAsync($"DROP TABLESPACE {_name}");
        // Whoever made the database drops it once more.
        await AskAsync($"CREATE DATABASE {_database}");
    }

    private async Task<string> AskAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(_server) { Database = "postgres" }.ToString()
        );
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteScalarAsync() as string ?? "";
    }

    private static async Task<string> RunAsync(string program, params string[] words)
    {
        using var process = Process.Start(
            new ProcessStartInfo(program, words) { RedirectStandardOutput = true, UseShellExecute = false }
        )!;
        var said = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return said.Trim();
    }
}
