using Comity.Stix;

namespace Comity.Indicators;

/// <summary>Something that was left out because it names somebody.</summary>
/// <param name="Kind">Whom or what it names; <see cref="NameKind.Reference"/> where the source does not say.</param>
/// <param name="Name">The name.</param>
/// <param name="Saying">What says so in the source's words: a type, category, column, galaxy or tag.</param>
/// <param name="Where">Where it stood first.</param>
/// <param name="Times">How many times it stood in the source.</param>
public sealed record NameLeftOut(NameKind Kind, string Name, string Saying, SourcePlace Where, int Times = 1);
