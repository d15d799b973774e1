using System.Data.Common;
using Comity.Kernel.Modules;
using Comity.Kernel.Viewing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace Comity.Kernel.Data;

/// <summary>Opens the database on behalf of a viewer.</summary>
public sealed class AppDbFactory(IDatabase database, ModuleCatalog catalog)
{
    private static readonly SaveGuard Guard = new();
    private readonly DbContextOptions<AppDb> _options = Options(database);

    /// <summary>For reading: a context on a connection of its own.</summary>
    public AppDb Open(Viewer viewer) => On(database.Connect(), viewer, owned: true);

    /// <summary>For writing inside a transaction that the write gate holds.</summary>
    internal AppDb On(DbConnection connection, Viewer viewer) => On(connection, viewer, owned: false);

    // The same options for all: EF compares them with those that it has seen, which takes as long as a query.
    private AppDb On(DbConnection connection, Viewer viewer, bool owned)
    {
        var db = new AppDb(_options, catalog, viewer);
        db.Database.SetDbConnection(connection, contextOwnsConnection: owned);
        return db;
    }

    private static DbContextOptions<AppDb> Options(IDatabase database)
    {
        var options = new DbContextOptionsBuilder<AppDb>();
        database.Configure(options);
        options.AddInterceptors(Guard).ReplaceService<IModelCacheKeyFactory, ModelPerCatalog>();
        return options.Options;
    }
}
