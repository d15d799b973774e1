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
    private readonly DbContextOptions<AppDb> _options = Options(database, connection: null);

    /// <summary>For reading: a context on a connection of its own.</summary>
    public AppDb Open(Viewer viewer) => new(_options, catalog, viewer);

    /// <summary>For writing inside a transaction that the write gate holds.</summary>
    internal AppDb On(DbConnection connection, Viewer viewer) => new(Options(database, connection), catalog, viewer);

    private static DbContextOptions<AppDb> Options(IDatabase database, DbConnection? connection)
    {
        var options = new DbContextOptionsBuilder<AppDb>();
        database.Configure(options, connection);
        options.AddInterceptors(Guard).ReplaceService<IModelCacheKeyFactory, ModelPerCatalog>();
        return options.Options;
    }
}
