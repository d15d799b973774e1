using Comity.States;

namespace Comity.Ui.Languages;

/// <summary>Regions of the M49 standard in words.</summary>
public static class RegionNames
{
    /// <summary>The narrowest region, after the sub-region that it is a part of: "Sub-Saharan Africa · Eastern Africa".</summary>
    /// <param name="region">The region.</param>
    /// <param name="language">Code of the reader's language.</param>
    public static string Name(this StatesOfRegion region, string language)
    {
        ArgumentNullException.ThrowIfNull(region);
        return region.IntermediateRegion is { } part
            ? $"{region.SubRegion.Name(language)} · {part.Name(language)}"
            : region.SubRegion.Name(language);
    }
}
