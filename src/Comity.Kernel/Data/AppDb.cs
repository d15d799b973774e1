using Comity.Kernel.Modules;
using Comity.Kernel.Viewing;
using Microsoft.EntityFrameworkCore;

namespace Comity.Kernel.Data;

/// <summary>
/// The one database of a node. Entities are internal to their modules; what a viewer may see is decided here, by a
/// filter on every entity that has an audience, and nowhere else.
/// </summary>
public sealed class AppDb(DbContextOptions<AppDb> options, ModuleCatalog catalog, Viewer viewer) : DbContext(options)
{
    private readonly List<Action> _afterCommit = [];

    public Viewer Viewer { get; } = viewer;

    // Read by the query filters; EF takes both as parameters of each query.
    private bool SeesAll => Viewer.SeesAll;
    private int[] Seen => [.. Viewer.Seen];

    /// <summary>Runs when, and only when, what this context wrote is durable.</summary>
    public void AfterCommit(Action act) => _afterCommit.Add(act);

    internal void Committed()
    {
        foreach (var act in _afterCommit)
            act();
        _afterCommit.Clear();
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        Values.Configure(configurationBuilder);

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        foreach (var assembly in catalog.Assemblies)
            modelBuilder.ApplyConfigurationsFromAssembly(assembly);
        foreach (var type in modelBuilder.Model.GetEntityTypes().Select(e => e.ClrType).ToList())
        {
            if (typeof(ISeen).IsAssignableFrom(type))
                Filter(modelBuilder, type);
            if (typeof(IVersioned).IsAssignableFrom(type))
                modelBuilder.Entity(type).Property(nameof(IVersioned.Version)).IsConcurrencyToken();
        }
    }

    private void Filter(ModelBuilder model, Type type)
    {
        var generic = typeof(AppDb).GetMethod(
            nameof(FilterBy),
            System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Instance
        )!;
        generic.MakeGenericMethod(type).Invoke(this, [model]);
    }

    private void FilterBy<T>(ModelBuilder model)
        where T : class, ISeen =>
        model.Entity<T>().HasQueryFilter("audience", e => SeesAll || Seen.Contains(e.AudienceId));
}
