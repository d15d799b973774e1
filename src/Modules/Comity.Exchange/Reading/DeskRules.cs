using Comity.Protocol;
using Comity.Protocol.Conversations;
using Comity.Protocol.Messages;

namespace Comity.Exchange.Reading;

/// <summary>What a message at a recipient still waits for.</summary>
internal static class DeskRules
{
    private const Marks Said = Marks.Acknowledged | Marks.NotTheRightOffice;
    private const Marks Over = Marks.Closed | Marks.Withdrawn;
    private const Asks InSubstance = Asks.Answer | Asks.Measures | Asks.Decision;

    public static bool IsUnacknowledged(MessageState message, OfficeName office) =>
        message.NoEffect is null
        && At(message, office) is { } at
        && Asked(message, office).HasFlag(Asks.Acknowledgement)
        && (at.Marks & (Said | Over)) == Marks.None;

    public static bool IsUnanswered(MessageState message, OfficeName office) =>
        message.NoEffect is null
        && At(message, office) is { } at
        && (Asked(message, office) & InSubstance) != Asks.Nothing
        && (at.Marks & (Marks.Answered | Marks.NotTheRightOffice | Over)) == Marks.None;

    /// <summary>A person there said that it is there.</summary>
    public static bool IsSaid(RecipientState at) => (at.Marks & Said) != Marks.None;

    /// <summary>It says something and asks for nothing; what came late, after the closure, never asks for anything.</summary>
    public static bool IsForInformation(MessageState message, OfficeName office, bool late) =>
        message.NoEffect is null
        && message.Message.Kind is not MessageKind.Acknowledgement
        && At(message, office) is { } at
        && (at.Marks & (late ? Marks.Withdrawn : Over)) == Marks.None
        && (late || Asked(message, office) == Asks.Nothing);

    public static RecipientState? At(MessageState message, OfficeName office) =>
        message.Recipients.FirstOrDefault(r => r.Office == office);

    // Who gets a copy for their knowledge is asked for nothing.
    private static Asks Asked(MessageState message, OfficeName office) =>
        message.Message.To.Contains(office) ? Kinds.Of(message.Message.Kind).AsksFor : Asks.Nothing;
}
