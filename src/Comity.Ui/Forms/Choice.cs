namespace Comity.Ui.Forms;

/// <summary>One answer offered.</summary>
/// <param name="Value">What is sent.</param>
/// <param name="Label">What is read, in the reader's language.</param>
/// <param name="Hint">What it means.</param>
public sealed record Choice(string Value, string Label, string? Hint = null);
