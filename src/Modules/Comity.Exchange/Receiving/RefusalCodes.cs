namespace Comity.Exchange.Receiving;

/// <summary>Why an envelope that was opened is refused all the same; the protocol's library has codes for the rest.</summary>
internal static class RefusalCodes
{
    /// <summary>The node that brought it is not one of the author's participant.</summary>
    public const string OtherNode = "other-node";

    /// <summary>Made more than thirty days ago: it can be taken in by hand only.</summary>
    public const string TooOld = "too-old";

    /// <summary>The same id came before with other content.</summary>
    public const string OtherContent = "replay-with-other-content";

    /// <summary>Under one id it says another opener, or exercise where the conversation is none, or the reverse.</summary>
    public const string OtherOpening = "other-opening";

    /// <summary>It proposes a record that this version does not keep.</summary>
    public const string RecordNotKept = "record-not-kept";

    /// <summary>The conversation has as many messages of this participant as are kept in one.</summary>
    public const string ConversationFull = "conversation-full";

    /// <summary>More in a day than is taken from one participant; not refused, only later.</summary>
    public const string PutOff = "put-off";

    /// <summary>This node cannot sign receipts.</summary>
    public const string NoNodeKey = "no-node-key";
}
