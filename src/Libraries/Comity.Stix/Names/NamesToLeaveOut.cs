namespace Comity.Stix.Names;

/// <summary>What has to go from a bundle when only some naming objects are confirmed to stay.</summary>
internal sealed class NamesToLeaveOut
{
    private readonly IReadOnlySet<string> _confirmed;
    private readonly HashSet<string> _gone;

    // Bounded by the reading before: the same texts, no more names, and no text more than twice.
    private readonly NameTree _tree = new(long.MaxValue);

    internal NamesToLeaveOut(StixBundle bundle, IReadOnlySet<string> confirmed)
    {
        _confirmed = confirmed;
        // One that names nobody in the way that can be confirmed says something all the same, somewhere within.
        var attributed = bundle
            .Objects.Where(Naming.IsAttribution)
            .Where(o => o.Json.TextOf("target_ref") is not { } target || !confirmed.Contains(target))
            .Select(o => o.Id);
        var naming = bundle
            .Objects.Where(o => Naming.IsNamingType(o.Type) && !confirmed.Contains(o.Id))
            .Select(o => o.Id);
        _gone = References.WithDependants(bundle.Objects, naming.Concat(attributed), IsUnconfirmed);
        Plant(bundle);
    }

    /// <summary>Whether the object with this id goes as a whole.</summary>
    internal bool IsLeftOut(string id) => _gone.Contains(id);

    /// <summary>Whether a reference to this id goes, be its object in the bundle or not.</summary>
    internal bool IsGone(string id) => _gone.Contains(id) || IsUnconfirmed(id);

    internal List<NameHit> Find(string text) => _tree.Find(text);

    private bool IsUnconfirmed(string id) => Naming.IsNamingId(id) && !_confirmed.Contains(id);

    private void Plant(StixBundle bundle)
    {
        var carriers = bundle
            .Objects.SelectMany(o => Naming.NamesOf(o).Select(n => (Object: o, n.Name, n.Where)))
            .ToList();

        // A name that a confirmed object carries too is confirmed.
        var stay = carriers
            .Where(c => _confirmed.Contains(c.Object.Id))
            .SelectMany(c => Naming.FormsOf(c.Name, c.Where))
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var (carrier, name, where) in carriers.Where(c => !_confirmed.Contains(c.Object.Id)))
        {
            foreach (var form in Naming.FormsOf(name, where).Where(f => !stay.Contains(f)))
            {
                _tree.Add(form, new CarriedName(Naming.KindOf(carrier), name, carrier.Id));
            }
        }
    }
}
