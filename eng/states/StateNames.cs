namespace Comity.Eng;

/// <summary>A State with all that is written of it; <paramref name="Region"/> is the narrowest one.</summary>
internal sealed record NamedState(
    string Alpha2,
    string Alpha3,
    string Number,
    bool IsObserver,
    string Region,
    IReadOnlyDictionary<(string Language, string Form), string> Names,
    IReadOnlyList<ReviewedName> Unverified
);

/// <summary>The States with their names: iso-codes first, and what was reviewed over it.</summary>
internal sealed class StateNames
{
    private const int Members = 193;
    private readonly Containment containment;

    public StateNames(StateReview review, IReadOnlyDictionary<string, IsoEntry> entries, Containment containment)
    {
        Review = review;
        this.containment = containment;
        if (containment.Members.Count != Members || containment.Members.Overlaps(review.Observers))
        {
            throw new InvalidDataException($"cldr-core has {containment.Members.Count} members of the United Nations");
        }

        foreach (var region in review.Regions.Where(r => !containment.Contains(r.Within ?? "001", r.Number)))
        {
            throw new InvalidDataException($"cldr-core has region {region.Number} elsewhere than regions.json");
        }

        States =
        [
            .. containment
                .Members.Concat(review.Observers)
                .Order(StringComparer.Ordinal)
                .Select(code => Named(entries[code])),
        ];
        foreach (var name in review.Names.Where(n => States.All(s => s.Alpha2 != n.State)))
        {
            throw new InvalidDataException($"overrides.json: {name.State} is no State of the list");
        }
    }

    public StateReview Review { get; }

    public IReadOnlyList<NamedState> States { get; }

    private NamedState Named(IsoEntry entry)
    {
        var reviewed = Review
            .Names.Where(n => n.State == entry.Alpha2)
            .ToDictionary(n => (n.Language, n.Form), n => n.Name);
        var names = new Dictionary<(string, string), string>();
        foreach (var (key, name) in entry.Names)
        {
            names[key] =
                reviewed.GetValueOrDefault(key)
                ?? name
                ?? throw new InvalidDataException(
                    $"{entry.Alpha2} has no {key.Form} name in {key.Language}; overrides.json must give it"
                );
        }

        // The narrowest region is the one that has the code itself and no region of the list under it.
        var region =
            Review.Regions.FirstOrDefault(r => containment.Contains(r.Number, entry.Alpha2))
            ?? throw new InvalidDataException($"{entry.Alpha2} is in no region");
        return new NamedState(
            entry.Alpha2,
            entry.Alpha3,
            entry.Number,
            Review.Observers.Contains(entry.Alpha2, StringComparer.Ordinal),
            region.Number,
            names,
            [.. Review.Names.Where(n => n.State == entry.Alpha2 && !n.Verified)]
        );
    }
}
