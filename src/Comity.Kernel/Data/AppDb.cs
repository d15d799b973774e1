using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
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
    private ImmutableArray<int> _seen = viewer.Seen;

    public Viewer Viewer { get; } = viewer;

    /// <summary>Which modules this model is made of.</summary>
    internal string Composition => catalog.Composition;

    // Read by the query filters; EF takes both as parameters of each query.
    private bool SeesAll => Viewer.SeesAll;
    private int[] Seen => [.. _seen];

    /// <summary>Runs when, and only when, what this context wrote is durable.</summary>
    public void AfterCommit(Action act) => _afterCommit.Add(act);

    /// <summary>May the viewer see rows of this audience?</summary>
    internal bool Sees(int audience) => SeesAll || _seen.Contains(audience);

    /// <summary>An audience that was made just now, to which the viewer belongs.</summary>
    internal void SeeToo(int audience) => _seen = _seen.Contains(audience) ? _seen : _seen.Add(audience);

    /// <summary>
    /// What was written is durable. A hook that throws changes nothing about that, and must not look to the caller as
    /// if nothing had been kept; hooks only wake others, who come by themselves a little later.
    /// </summary>
    [SuppressMessage("Design", "CA1031", Justification = "No fault of a hook undoes a commit")]
    internal void Committed()
    {
        foreach (var act in _afterCommit)
            try
            {
                act();
            }
            catch (Exception)
            {
                continue;
            }
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
