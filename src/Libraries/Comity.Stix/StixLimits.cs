namespace Comity.Stix;

/// <summary>The bounds within which a bundle is read. What goes beyond one of them is refused, never cut.</summary>
public static class StixLimits
{
    /// <summary>The most octets a bundle may have: 16 MiB.</summary>
    public const int Octets = 16 * 1024 * 1024;

    /// <summary>The deepest nesting of objects and arrays, the bundle itself being the first level.</summary>
    public const int Depth = 32;

    /// <summary>The most STIX objects in one bundle.</summary>
    public const int Objects = 100_000;

    /// <summary>The most JSON values (objects, arrays, strings, numbers, literals) in one bundle.</summary>
    public const int Values = 2_000_000;

    /// <summary>The longest pattern that is parsed, in UTF-16 code units; a longer one is named as not understood.</summary>
    public const int PatternLength = 65_536;

    /// <summary>The deepest nesting of parentheses in a pattern.</summary>
    public const int PatternDepth = 64;

    /// <summary>The most rows, names and remarks together that one bundle may give.</summary>
    public const int Findings = 500_000;

    /// <summary>The most characters of all names together that are looked for in free text.</summary>
    public const int NameCharacters = 1_000_000;

    /// <summary>The most steps spent on looking for names in free text.</summary>
    public const long NameSteps = 50_000_000;
}
