using Comity.Protocol.Messages;

namespace Comity.Protocol.Conversations;

/// <summary>Something that is known about a conversation. Facts are a set: neither order nor repetition matters.</summary>
public abstract record ConversationFact;

/// <summary>A message that was sent from here, or arrived here and passed every check.</summary>
/// <param name="Digest">Its message digest.</param>
/// <param name="Message">The message.</param>
public sealed record MessageFact(Digest Digest, Message Message) : ConversationFact;

/// <summary>A receipt whose signature was verified.</summary>
/// <param name="Message">The message digest; for a receipt of level stored, that of the message in the envelope.</param>
/// <param name="Office">The office whose node says it.</param>
/// <param name="Level">What it says.</param>
/// <param name="At">When, by the receiving node's clock; UTC.</param>
public sealed record ReceiptFact(Digest Message, OfficeName Office, ReceiptLevel Level, DateTime At) : ConversationFact;

/// <summary>What became of our own sending.</summary>
public enum Delivery
{
    /// <summary>Committed here; people were told "accepted".</summary>
    Accepted,

    /// <summary>Handed to the other node, a mail server, or a person who carries it.</summary>
    HandedOver,

    /// <summary>Not delivered, with a cause.</summary>
    NotDelivered,
}

/// <summary>Something that happened here to our own sending.</summary>
/// <param name="Message">The message digest.</param>
/// <param name="Office">The recipient.</param>
/// <param name="What">What happened.</param>
/// <param name="At">When, by our clock; UTC.</param>
/// <param name="Cause">Why not delivered, as a code (<c>key-expired</c>).</param>
public sealed record DeliveryFact(Digest Message, OfficeName Office, Delivery What, DateTime At, string? Cause = null)
    : ConversationFact;
