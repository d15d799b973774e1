using Comity.Kernel.Outcomes;
using Comity.OpenPgp;
using Comity.Protocol;

namespace Comity.Exchange.Sending;

/// <summary>Why a message is not accepted. Nothing is sent and nothing is lost in any of these cases.</summary>
internal static class SendingProblems
{
    public static Problem NotYours { get; } =
        Problem.Forbidden(
            "exchange.not-your-office",
            "You do not act for the office that is to send. Nothing was sent."
        );

    public static Problem NoSuchConversation { get; } =
        Problem.NotFound("exchange.no-such-conversation", "There is no such conversation. Nothing was sent.");

    public static Problem NoSuchMessage { get; } =
        Problem.NotFound("exchange.no-such-message", "There is no such message. Nothing was changed.");

    public static Problem OpensNothing { get; } =
        Problem.Refused(
            "exchange.opens-nothing",
            "A message of this kind belongs into a conversation that exists. Nothing was sent."
        );

    public static Problem OpensOnly { get; } =
        Problem.Refused(
            "exchange.opens-only",
            "A message of this kind opens a conversation of its own. Nothing was sent."
        );

    public static Problem OtherExercise { get; } =
        Problem.Refused(
            "exchange.other-exercise",
            "Whether it is an exercise is fixed for the whole conversation. Nothing was sent."
        );

    public static Problem TooManyParties { get; } =
        Problem.Refused(
            "exchange.too-many-parties",
            "A conversation has at most a thousand other offices. Nothing was sent: please open another one."
        );

    public static Problem NotTheAuthor { get; } =
        Problem.Refused(
            "exchange.not-the-author",
            "Only the office that sent a message withdraws it, and only once. Nothing was sent."
        );

    public static Problem NotTheOwner { get; } =
        Problem.Refused(
            "exchange.not-the-owner",
            "Only the office that opened a conversation closes it, and only once. Nothing was sent."
        );

    public static Problem IsClosed { get; } =
        Problem.Refused(
            "exchange.is-closed",
            "The conversation is closed, so nothing is asked in it any more. Nothing was sent: please open another one."
        );

    public static Problem NothingAsksForIt { get; } =
        Problem.Refused(
            "exchange.nothing-asks-for-it",
            "The message referred to does not ask for this, or not your office. Nothing was sent."
        );

    public static Problem AtTheSameTime { get; } =
        new(
            ProblemKind.Conflict,
            "exchange.at-the-same-time",
            "Somebody wrote in the same conversation at the same moment. Nothing was sent: please send it again."
        );

    public static Problem AlreadySaid { get; } =
        new(
            ProblemKind.Conflict,
            "exchange.already-said",
            "Somebody of your office has already done this. Nothing was sent a second time."
        );

    public static Problem OtherUnderThisId { get; } =
        new(
            ProblemKind.Conflict,
            "exchange.other-under-this-id",
            "Another message has this id. Nothing was sent: please give this one an id of its own."
        );

    public static Problem SeveralOfThisId { get; } =
        new(
            ProblemKind.Conflict,
            "exchange.several-of-this-id",
            "Several are under this id. Nothing was sent: please choose it in the list of conversations."
        );

    public static Problem LoggedIsNotYet { get; } =
        Field("message.record", "This version keeps the record between the parties only: between-us.");

    public static Problem ToEverybody { get; } =
        Field("to", "Whoever has it is told: leave the recipients out, or name all of them.");

    public static Problem ClosesEverything { get; } =
        Field("message.inReplyTo", "A closure ends the whole conversation and refers to no single message.");

    public static Problem UnknownOffice(OfficeName office) =>
        Problem
            .Refused("exchange.unknown-office", "No directory that is followed here lists {office}. Nothing was sent.")
            .With("office", office.Value);

    public static Problem Field(string name, string text) =>
        Problem.Invalid(
            "exchange.not-right",
            "Something in the message is not right. Nothing was sent and nothing was lost.",
            new Dictionary<string, string>(StringComparer.Ordinal) { [name] = text }
        );

    public static Problem NamesSomebody(string place, string name) =>
        Field(place, $"The bundle says that this names somebody: {name}. Leave it out, or confirm the name.");

    public static Problem Malformed(Malformation fault) =>
        Field(fault.Path.Length == 0 ? "message" : "message." + fault.Path, Words(fault.Code));

    public static string Code(this KeyStanding standing) =>
        standing switch
        {
            KeyStanding.Usable => "usable",
            KeyStanding.NotYetValid => "not-yet-valid",
            KeyStanding.Expired => "expired",
            KeyStanding.Revoked => "revoked",
            KeyStanding.RevokedCompromised => "revoked-compromised",
            KeyStanding.Missing => "missing",
            _ => "refused",
        };

    private static string Words(MalformationCode code) =>
        code switch
        {
            MalformationCode.MissingMember => "This is needed.",
            MalformationCode.WrongType => "This is of another type than expected here.",
            MalformationCode.TooMany => "These are more than a message may carry.",
            MalformationCode.TooLong or MalformationCode.TooLarge => "This is longer than a message may carry.",
            MalformationCode.ForOneParticipant =>
                "That its territory appears to be involved is said to one State alone: send each of them a message of its own.",
            MalformationCode.NotAllowedForKind => "Messages of this kind do not have this.",
            MalformationCode.KindNotImplemented => "This version does not write messages of this kind.",
            MalformationCode.DuplicateMember => "This stands twice.",
            _ => "This value is not one that is allowed here.",
        };
}
