using System.Data.Common;
using Comity.Kernel.Data;
using Comity.Kernel.Work;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Comity.Data.Postgres;

/// <summary>PostgreSQL: for several instances that share the work of one node.</summary>
public sealed class PostgresDatabase(string connectionString) : IDatabase
{
    /// <summary>Any number that nothing else in the same database locks: "comity" in ASCII.</summary>
    private const long Starting = 0x63_6F_6D_69_74_79;

    public string Name => "postgres";

    public bool OneWriter => false;

    public DbConnection Connect() => new NpgsqlConnection(connectionString);

    public void Configure(DbContextOptionsBuilder options) =>
        options.UseNpgsql(
            connectionString,
            o => o.MigrationsAssembly(typeof(PostgresDatabase).Assembly.GetName().Name)
        );

    public async Task AloneAsync(Func<CancellationToken, Task> work, CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(ct);
        // Of the transaction, so that it ends with the connection of a process that is killed, also behind a pooler.
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await using var command = new NpgsqlCommand("SELECT pg_advisory_xact_lock($1)", connection, transaction)
        {
            CommandTimeout = 0,
            Parameters = { new() { Value = Starting } },
        };
        await command.ExecuteNonQueryAsync(ct);
        await work(ct);
        await transaction.CommitAsync(ct);
    }

    public Task MigrateAsync(AppDb db, CancellationToken ct) => Schema.BringUpAsync(db, ct);

    public Task CopyAsync(string file, CancellationToken ct) =>
        new ServerProgram("pg_dump", connectionString).RunAsync(
            ["--format=custom", "--no-owner", "--no-privileges", $"--file={file}"],
            ct
        );

    public async Task FillAsync(string file, CancellationToken ct)
    {
        await using (var connection = new NpgsqlConnection(connectionString))
        {
            await connection.OpenAsync(ct);
            await using var command = connection.CreateCommand();
            command.CommandText = "SELECT count(*) FROM pg_tables WHERE schemaname = current_schema()";
            if (await command.ExecuteScalarAsync(ct) is > 0L)
                throw new InvalidOperationException($"The database {connection.Database} is not empty.");
        }
        await new ServerProgram("pg_restore", connectionString).RunAsync(
            ["--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction", file],
            ct
        );
    }

    public bool IsFull(Exception fault) => SaysFull(fault);

    public static bool SaysFull(Exception fault) =>
        fault is PostgresException { SqlState: PostgresErrorCodes.DiskFull }
        || (fault.InnerException is { } within && SaysFull(within));

    public IQueryable<WorkItem> Due(AppDb db, DateTime now, int most) =>
        db.Set<WorkItem>()
            .FromSql(
                $"""
                SELECT * FROM kernel_work
                WHERE "Due" <= {now} AND ("LeasedUntil" IS NULL OR "LeasedUntil" < {now})
                ORDER BY "Due"
                LIMIT {most}
                FOR UPDATE SKIP LOCKED
                """
            );
}
