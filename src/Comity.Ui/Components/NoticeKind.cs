namespace Comity.Ui.Components;

/// <summary>What a notice is for.</summary>
public enum NoticeKind
{
    /// <summary>Good to know.</summary>
    Info,

    /// <summary>What was asked has been done.</summary>
    Done,

    /// <summary>Something waits for the reader.</summary>
    Due,

    /// <summary>Something went otherwise than asked.</summary>
    Fault,
}
