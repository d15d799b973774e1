namespace Comity.Protocol.Signing;

/// <summary>The types of signed documents.</summary>
public static class DocumentTypes
{
    /// <summary>A <see cref="DispatchStatement"/>, signed by an office key.</summary>
    public const string DispatchStatement = "comity/dispatch-statement+v1";

    /// <summary>A <see cref="Receipt"/>, signed by a node key.</summary>
    public const string Receipt = "comity/receipt+v1";

    /// <summary>An <see cref="ErrorNotice"/>, signed by a node key.</summary>
    public const string Error = "comity/error+v1";

    /// <summary>A <see cref="ResendRequest"/>, signed by a node key.</summary>
    public const string ResendRequest = "comity/resend-request+v1";

    /// <summary>A <see cref="GapRequest"/>, signed by a node key.</summary>
    public const string GapRequest = "comity/gap-request+v1";

    /// <summary>A <see cref="KeyNotice"/>, signed by a node key.</summary>
    public const string KeyNotice = "comity/key-notice+v1";

    /// <summary>A directory entry, signed by a participant's entry key.</summary>
    public const string Entry = "comity/entry+v1";

    /// <summary>The delegation of a directory key, signed by the directory's roots.</summary>
    public const string DirectoryDelegation = "comity/directory-delegation+v1";

    /// <summary>The header of a snapshot, signed by the directory key.</summary>
    public const string Snapshot = "comity/snapshot+v1";
}
