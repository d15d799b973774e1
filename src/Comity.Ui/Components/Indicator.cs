namespace Comity.Ui.Components;

/// <summary>One indicator as a row.</summary>
/// <param name="Kind">What it is, in the reader's language: "IPv4 address", "SHA-256".</param>
/// <param name="Value">The value, exactly.</param>
/// <param name="Note">What was said about it, in its own language.</param>
public sealed record Indicator(string Kind, string Value, string? Note = null);
