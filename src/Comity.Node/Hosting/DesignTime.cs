using Comity.Data.Postgres;
using Comity.Data.Sqlite;
using Comity.Kernel.Data;
using Comity.Kernel.Modules;
using Comity.Kernel.Viewing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Comity.Node.Hosting;

/// <summary>Used by <c>./comity migration NAME</c> only: a context without a database, for the one or the other kind.</summary>
internal sealed class DesignTime : IDesignTimeDbContextFactory<AppDb>
{
    public AppDb CreateDbContext(string[] args)
    {
        IDatabase database = args.Contains("postgres", StringComparer.Ordinal)
            ? new PostgresDatabase("Host=localhost;Database=design")
            : new SqliteDatabase("design.db");
        var options = new DbContextOptionsBuilder<AppDb>();
        database.Configure(options);
        return new AppDb(options.Options, Rooms.Catalog, Viewer.System("design"));
    }
}
