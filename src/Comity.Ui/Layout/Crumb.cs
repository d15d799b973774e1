namespace Comity.Ui.Layout;

/// <summary>One step on the way to a page.</summary>
/// <param name="Label">In the reader's language.</param>
/// <param name="Href">Its address; null for the page itself.</param>
public sealed record Crumb(string Label, string? Href = null);
