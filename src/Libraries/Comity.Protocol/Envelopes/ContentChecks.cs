using Comity.Protocol.Messages;

namespace Comity.Protocol.Envelopes;

/// <summary>Checks of what an envelope holds against the message in it.</summary>
internal static class ContentChecks
{
    /// <summary>How far another clock may be ahead.</summary>
    public static readonly TimeSpan Ahead = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan LongBefore = TimeSpan.FromHours(24);

    /// <summary>
    /// A key is judged at the time that its signature names, and that time is the signer's word. It may be later than
    /// the message, which waits where the recipient has no usable key; it is not earlier. A message that is ahead of our
    /// clock is parked, and its signature with it.
    /// </summary>
    public static EnvelopeRefusal? Time(DateTime signedAt, Message message, DateTime now)
    {
        if (signedAt < message.Created - LongBefore)
        {
            return EnvelopeRefusal.SignedLongBefore;
        }

        var latest = (message.Created > now ? message.Created : now) + Ahead;
        return signedAt > latest ? EnvelopeRefusal.SignedInTheFuture : null;
    }

    /// <summary>The attachments are those that the message names, octet for octet.</summary>
    public static EnvelopeRefusal? Attachments(Message message, SealedParts parts)
    {
        var named = message.Attachments.ToDictionary(reference => reference.Name, StringComparer.Ordinal);
        if (parts.Attachments.Any(part => !named.ContainsKey(part.Name)))
        {
            return EnvelopeRefusal.AttachmentNotNamed;
        }

        if (parts.Attachments.DistinctBy(part => part.Name).Count() != parts.Attachments.Count)
        {
            return EnvelopeRefusal.AttachmentNotNamed;
        }

        if (parts.Attachments.Count != named.Count)
        {
            return EnvelopeRefusal.AttachmentMissing;
        }

        return parts.Attachments.All(part => IsWhatWasNamed(part, named[part.Name]))
            ? null
            : EnvelopeRefusal.AttachmentChanged;
    }

    private static bool IsWhatWasNamed(
        (string Name, string MediaType, byte[] Octets) part,
        AttachmentReference named
    ) =>
        part.Octets.LongLength == named.Size
        && Digest.Of(part.Octets) == named.Digest
        && string.Equals(part.MediaType, named.MediaType, StringComparison.OrdinalIgnoreCase);
}
