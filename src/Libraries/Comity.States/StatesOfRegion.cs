namespace Comity.States;

/// <summary>The States of the narrowest region that the M49 standard has for them, in alphabetical order.</summary>
/// <param name="Region">One of the five regions.</param>
/// <param name="SubRegion">The sub-region within it.</param>
/// <param name="IntermediateRegion">The intermediate region where the standard has one; otherwise null.</param>
/// <param name="States">Its States; there is at least one.</param>
public sealed record StatesOfRegion(
    M49Region Region,
    M49Region SubRegion,
    M49Region? IntermediateRegion,
    IReadOnlyList<State> States
)
{
    internal static IReadOnlyList<StatesOfRegion> All(IEnumerable<State> inOrder, string language) =>
        [
            .. inOrder
                .GroupBy(s => (s.Region, s.SubRegion, s.IntermediateRegion))
                .OrderBy(g => Key(g.Key.Region, language), AlphabeticalOrder.Collation(language))
                .ThenBy(g => Key(g.Key.SubRegion, language), AlphabeticalOrder.Collation(language))
                .ThenBy(g => Key(g.Key.IntermediateRegion, language), AlphabeticalOrder.Collation(language))
                .Select(g => new StatesOfRegion(g.Key.Region, g.Key.SubRegion, g.Key.IntermediateRegion, [.. g])),
        ];

    private static string Key(M49Region? region, string language) =>
        region is null ? "" : AlphabeticalOrder.Key(region.Name(language), language);
}
