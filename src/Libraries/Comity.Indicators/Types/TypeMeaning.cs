using Comity.Stix;

namespace Comity.Indicators.Types;

/// <summary>What a type of MISP, or the header of a column, says of its values.</summary>
internal abstract record TypeMeaning
{
    /// <summary>A value whose form is known, and must be one of these.</summary>
    internal sealed record Formed(params TypedKind[] Kinds) : TypeMeaning;

    /// <summary>A value that is taken as it stands, at a path of STIX.</summary>
    internal sealed record At(string Path) : TypeMeaning;

    /// <summary>Two values with a bar between them.</summary>
    internal sealed record Pair(string First, string Second) : TypeMeaning;

    /// <summary>It names somebody, and never becomes a row.</summary>
    internal sealed record Names(NameKind Kind) : TypeMeaning;

    /// <summary>It becomes no row for another reason.</summary>
    internal sealed record NoRow(PartReason Reason) : TypeMeaning;
}
