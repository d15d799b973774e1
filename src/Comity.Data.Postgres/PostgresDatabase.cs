using System.Data.Common;
using Comity.Kernel.Data;
using Comity.Kernel.Work;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Comity.Data.Postgres;

/// <summary>PostgreSQL: for several instances that share the work of one node.</summary>
public sealed class PostgresDatabase(string connectionString) : IDatabase
{
    public string Name => "postgres";

    public bool OneWriter => false;

    public DbConnection Connect() => new NpgsqlConnection(connectionString);

    public Task PrepareAsync(DbConnection connection, CancellationToken ct) => Task.CompletedTask;

    public void Configure(DbContextOptionsBuilder options, DbConnection? connection)
    {
        var migrations = typeof(PostgresDatabase).Assembly.GetName().Name;
        if (connection is null)
            options.UseNpgsql(connectionString, o => o.MigrationsAssembly(migrations));
        else
            options.UseNpgsql(connection, o => o.MigrationsAssembly(migrations));
    }

    public Task MigrateAsync(AppDb db, CancellationToken ct) => Schema.BringUpAsync(db, ct);

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
