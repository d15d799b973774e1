using System.Buffers.Text;

namespace Comity.Protocol.Messages;

/// <summary>What must hold between the members of a message.</summary>
internal static class MessageRules
{
    public static void Check(Message message, JsonFields fields)
    {
        CheckForm(message, fields);
        CheckParties(message, fields);
        CheckConversation(message, fields);
        CheckKind(message, fields);
    }

    private static void CheckForm(Message message, JsonFields fields)
    {
        Require(IsNonce(message.Nonce), "nonce");
        Require(IsLanguage(message.Language), "language");
        Require(HaveNoTwins(message.Attachments.Select(attachment => attachment.Name)), "attachments");

        void Require(bool holds, string name)
        {
            if (!holds)
            {
                fields.Fault(MalformationCode.BadValue, name);
            }
        }
    }

    private static void CheckParties(Message message, JsonFields fields)
    {
        if (message.To.Count == 0)
        {
            fields.Fault(MalformationCode.MissingMember, "to");
        }

        var recipients = message.Recipients.ToList();
        if (recipients.Count > MessageLimits.Recipients)
        {
            fields.Fault(MalformationCode.TooMany, "cc");
        }

        if (recipients.Distinct().Count() != recipients.Count || recipients.Contains(message.From))
        {
            fields.Fault(MalformationCode.BadValue, "to");
        }

        if (!message.Chain.Select(link => link.Office).SequenceEqual(recipients))
        {
            fields.Fault(MalformationCode.BadValue, "chain");
        }
    }

    /// <summary>Who opened it, and whether it is an exercise, is in the id: every message alone shows it.</summary>
    private static void CheckConversation(Message message, JsonFields fields)
    {
        if (message.Opening is null && !Kinds.Of(message.Kind).Opens)
        {
            fields.Fault(MalformationCode.MissingMember, "opening");
        }

        if (
            message.Opening is { } opening
            && (!IsNonce(opening.Nonce) || opening == new ConversationOpening(message.From, message.Nonce))
        )
        {
            fields.Fault(MalformationCode.BadValue, "opening");
        }

        if (message.OpenedBy.Id(message.Exercise) != message.Conversation)
        {
            fields.Fault(MalformationCode.BadValue, "conversation");
        }
    }

    private static bool IsNonce(string nonce) =>
        nonce.Length == 22 && Base64Url.IsValid(nonce, out var octets) && octets == 16;

    private static void CheckKind(Message message, JsonFields fields)
    {
        var rule = Kinds.Of(message.Kind);
        if (!rule.Sealed)
        {
            fields.Fault(MalformationCode.NotAllowedForKind, "kind");
        }
        else if (!rule.Implemented)
        {
            fields.Fault(MalformationCode.KindNotImplemented, "kind");
        }

        if (rule.NeedsReference && message.InReplyTo is null)
        {
            fields.Fault(MalformationCode.MissingMember, "inReplyTo");
        }

        if (message.ReplyBy is not null && rule.AsksFor == Asks.Nothing)
        {
            fields.Fault(MalformationCode.NotAllowedForKind, "replyBy");
        }

        // Said to several, it would tell each of them whose territory the others' is: blame before third parties.
        if (
            message.Fields is NotificationFields { Relation: Relation.InvolvesYourTerritory }
            && message.Recipients.Select(office => office.Participant).Distinct().Skip(1).Any()
        )
        {
            fields.Fault(MalformationCode.ForOneParticipant, "fields.relation");
        }
    }

    private static bool IsLanguage(string tag) =>
        tag.Split('-') is [{ Length: 2 or 3 }, ..] parts
        && parts[0].All(char.IsAsciiLetterLower)
        && parts.All(part => part.Length is >= 1 and <= 8 && part.All(char.IsAsciiLetterOrDigit));

    /// <summary>Names that differ in case only would be one file on some systems.</summary>
    private static bool HaveNoTwins(IEnumerable<string> names) =>
        names.GroupBy(name => name, StringComparer.OrdinalIgnoreCase).All(group => group.Count() == 1);
}
