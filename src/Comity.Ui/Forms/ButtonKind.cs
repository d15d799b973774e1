namespace Comity.Ui.Forms;

/// <summary>How much a button asks for attention.</summary>
public enum ButtonKind
{
    /// <summary>The next step.</summary>
    Primary,

    /// <summary>Another way.</summary>
    Secondary,

    /// <summary>By the way.</summary>
    Quiet,
}
