namespace Comity.Protocol.Messages;

/// <summary>Bounds of a message. A node refuses what exceeds them before it looks further.</summary>
public static class MessageLimits
{
    /// <summary>Octets of part 2.</summary>
    public const int Octets = 1024 * 1024;

    /// <summary>Offices in <c>to</c> and <c>cc</c> together.</summary>
    public const int Recipients = 1000;

    /// <summary>Attachments.</summary>
    public const int Attachments = 32;

    /// <summary>Octets of one attachment.</summary>
    public const long AttachmentOctets = 48L * 1024 * 1024;

    /// <summary>Indicators of a notification.</summary>
    public const int Indicators = 2000;

    /// <summary>Length of a long text, in UTF-16 units.</summary>
    public const int LongText = 20000;

    /// <summary>Length of a line, in UTF-16 units.</summary>
    public const int Line = 1000;
}
