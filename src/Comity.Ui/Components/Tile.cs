namespace Comity.Ui.Components;

/// <summary>One of the equal tiles of a <see cref="TileGrid"/>.</summary>
/// <param name="Code">Short code, such as <c>QM</c>.</param>
/// <param name="Name">Name in the reader's language.</param>
/// <param name="Href">Where it leads; null for a tile that is no link.</param>
/// <param name="Face">What is said of it; null where nothing is.</param>
public sealed record Tile(string Code, string Name, string? Href = null, TileFace? Face = null);

/// <summary>
/// What a tile says: number and word always, and a shade that says the same once more to those who see it. Colour
/// alone says nothing, and there is no good or bad among the shades.
/// </summary>
/// <param name="Shade">How dark the tile is.</param>
/// <param name="Number">The number, as it is shown.</param>
/// <param name="Word">What is counted, in the reader's language and in the form for the number.</param>
public sealed record TileFace(TileShade Shade, long Number, string Word);

/// <summary>Shades of one colour.</summary>
public enum TileShade
{
    None,
    Faint,
    Light,
    Medium,
    Deep,
}
