using System.Data.Common;
using Comity.Kernel.Data;
using Comity.Kernel.Work;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Comity.Data.Sqlite;

/// <summary>SQLite in one file of the data folder: the default, enough for a State.</summary>
public sealed class SqliteDatabase(string path) : IDatabase, IDisposable
{
    // WAL lets readers go on while one writes; FULL makes a commit survive a power cut; nothing goes to temporary files.
    private const string Pragmas = """
        PRAGMA journal_mode=WAL;
        PRAGMA synchronous=FULL;
        PRAGMA foreign_keys=ON;
        PRAGMA temp_store=MEMORY;
        PRAGMA secure_delete=ON;
        """;

    /// <summary>SQLITE_IOERR_SHMSIZE.</summary>
    private const int IndexDoesNotGrow = 4874;

    private readonly KeptConnections _connections = new(ConnectionString(path), Pragmas);

    public string Name => "sqlite";

    public bool OneWriter => true;

    public DbConnection Connect() => _connections.Lend();

    public void Configure(DbContextOptionsBuilder options) =>
        options.UseSqlite(
            ConnectionString(path),
            o => o.MigrationsAssembly(typeof(SqliteDatabase).Assembly.GetName().Name)
        );

    // Whoever works on the file holds the lock of its data folder.
    public Task AloneAsync(Func<CancellationToken, Task> work, CancellationToken ct) => work(ct);

    public async Task MigrateAsync(AppDb db, CancellationToken ct)
    {
        await using var connection = Connect();
        await using var command = connection.CreateCommand();
        // The caller holds the file lock of the data folder, so a lock row can only be left over from a killed process.
        command.CommandText = "DROP TABLE IF EXISTS __EFMigrationsLock";
        await command.ExecuteNonQueryAsync(ct);
        await Schema.BringUpAsync(db, ct);
    }

    public async Task CopyAsync(string file, CancellationToken ct)
    {
        await using var connection = Connect();
        await using var command = connection.CreateCommand();
        // One read of the whole at one moment; writers go on beside it, and pages that were freed are left out.
        command.CommandText = "VACUUM INTO $file";
        command.CommandTimeout = 0;
        command.Parameters.Add(new SqliteParameter("$file", file));
        await command.ExecuteNonQueryAsync(ct);
    }

    public Task FillAsync(string file, CancellationToken ct)
    {
        if (File.Exists(path))
            throw new InvalidOperationException($"{path} is there already.");
        File.Move(file, path);
        return Task.CompletedTask;
    }

    public bool IsFull(Exception fault) => SaysFull(fault);

    /// <summary>No page more fits into the file, or no part more into the index of the write-ahead log.</summary>
    public static bool SaysFull(Exception fault) =>
        fault is SqliteException { SqliteErrorCode: SQLitePCL.raw.SQLITE_FULL }
        || fault is SqliteException { SqliteExtendedErrorCode: IndexDoesNotGrow }
        || (fault.InnerException is { } within && SaysFull(within));

    public IQueryable<WorkItem> Due(AppDb db, DateTime now, int most) =>
        db.Set<WorkItem>()
            .Where(w => w.Due <= now && (w.LeasedUntil == null || w.LeasedUntil < now))
            .OrderBy(w => w.Due)
            .Take(most);

    public void Dispose() => _connections.Dispose();

    // The connections are kept here, and those of EF's own making are few.
    private static string ConnectionString(string path) =>
        new SqliteConnectionStringBuilder
        {
            DataSource = path,
            DefaultTimeout = 30,
            Pooling = false,
        }.ToString();
}
