namespace Comity.Ui.Components;

/// <summary>How far one thing has come.</summary>
public enum MarkState
{
    /// <summary>It is so.</summary>
    Done,

    /// <summary>Nothing yet, and nothing wrong.</summary>
    Open,

    /// <summary>It did not happen, and its cause is known.</summary>
    Failed,
}

/// <summary>One mark of a message for one recipient, in words.</summary>
/// <param name="State">Whether it is so.</param>
/// <param name="Words">"stored there", in the reader's language.</param>
/// <param name="At">Since when, UTC.</param>
/// <param name="Detail">Cause or proof, in the reader's language.</param>
public sealed record Mark(MarkState State, string Words, DateTime? At = null, string? Detail = null);
