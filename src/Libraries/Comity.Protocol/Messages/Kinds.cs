using static Comity.Protocol.MessageKind;
using static Comity.Protocol.Messages.KindSender;

namespace Comity.Protocol.Messages;

/// <summary>Who may say something.</summary>
public enum KindSender
{
    /// <summary>Any participant.</summary>
    Anybody,

    /// <summary>The State that is affected.</summary>
    AffectedState,

    /// <summary>The State that was notified or asked.</summary>
    StateAddressed,

    /// <summary>The affected or the notified State.</summary>
    EitherSide,

    /// <summary>The State that asked.</summary>
    Requester,

    /// <summary>Both sides together; both sign.</summary>
    BothSides,

    /// <summary>A person of an office that was addressed.</summary>
    PersonAddressed,

    /// <summary>Whoever opened the conversation, or took it over.</summary>
    Owner,

    /// <summary>The author of the message that it refers to.</summary>
    Author,

    /// <summary>The office that a transfer was offered to.</summary>
    OfficeOffered,

    /// <summary>A node, by itself.</summary>
    Node,

    /// <summary>The directory manager.</summary>
    DirectoryManager,
}

/// <summary>What a message asks for.</summary>
[Flags]
public enum Asks
{
    /// <summary>Nothing.</summary>
    Nothing = 0,

    /// <summary>That a person acknowledges.</summary>
    Acknowledgement = 1,

    /// <summary>An answer in substance.</summary>
    Answer = 2,

    /// <summary>Measures.</summary>
    Measures = 4,

    /// <summary>A decision.</summary>
    Decision = 8,
}

/// <summary>The rules of one kind of message.</summary>
/// <param name="Kind">Which.</param>
/// <param name="Sender">Who may say it.</param>
/// <param name="AsksFor">What it asks for. Declining and not answering never require a reason.</param>
/// <param name="AnsweredBy">Kinds that count as its answer, the acknowledgement apart.</param>
/// <param name="Opens">Whether it may open a conversation.</param>
/// <param name="Sealed">Whether it travels in an envelope; otherwise it is a signed document.</param>
/// <param name="NeedsReference">Whether it must name the message that it refers to.</param>
/// <param name="Implemented">Whether this version reads and writes it.</param>
/// <param name="Statements">Fixed statements that it carries.</param>
public sealed record KindRule(
    MessageKind Kind,
    KindSender Sender,
    Asks AsksFor,
    IReadOnlyList<MessageKind> AnsweredBy,
    bool Opens,
    bool Sealed,
    bool NeedsReference,
    bool Implemented,
    IReadOnlyList<FixedStatement> Statements
);

/// <summary>The kinds of messages and what may follow what, as data.</summary>
public static class Kinds
{
    private const Asks AcknowledgedAndAnswered = Asks.Acknowledgement | Asks.Answer;

    private static readonly Dictionary<MessageKind, KindRule> Table = new KindRule[]
    {
        Request(Notification, AffectedState, AcknowledgedAndAnswered, [Information, Clarification, Measures]) with
        {
            Implemented = true,
        },
        Request(MitigationRequest, AffectedState, Asks.Acknowledgement | Asks.Measures, [Measures]),
        Say(Update, Anybody) with
        {
            Implemented = true,
        },
        Say(Information, Anybody) with
        {
            Opens = true,
            Implemented = true,
        },
        FromNode(KeyNotice, implemented: true),
        FromNode(Receipt, implemented: true) with
        {
            Statements = FixedStatements.OnReceipts,
        },
        Say(Acknowledgement, PersonAddressed) with
        {
            NeedsReference = true,
            Implemented = true,
            Statements = FixedStatements.OnReceipts,
        },
        Request(ClarificationRequest, EitherSide, Asks.Answer, [Clarification]) with
        {
            Implemented = true,
        },
        Reply(Clarification, EitherSide) with
        {
            Implemented = true,
            Statements = FixedStatements.OnRequests,
        },
        Request(ConsultationRequest, EitherSide, Asks.Answer, [Information]) with
        {
            Implemented = true,
            Statements = [],
        },
        Request(GoodOfficesRequest, EitherSide, Asks.Answer, [Information]) with
        {
            Statements = [],
        },
        Reply(Measures, StateAddressed) with
        {
            Statements = FixedStatements.OnRequests,
        },
        Request(AssistanceRequest, EitherSide, AcknowledgedAndAnswered, [AssistanceAnswer]),
        Reply(AssistanceAnswer, StateAddressed) with
        {
            AsksFor = Asks.Decision,
            AnsweredBy = [AssistanceDecision],
            Statements = FixedStatements.OnRequests,
        },
        Request(AssistanceOffer, Anybody, Asks.Decision, [AssistanceDecision]),
        Reply(AssistanceDecision, Requester) with
        {
            Statements = FixedStatements.OnRequests,
        },
        Say(Arrangement, BothSides),
        Say(DeliveryReport, BothSides),
        Request(PreservationRequest, EitherSide, Asks.Answer, [PreservationAnswer]),
        Reply(PreservationAnswer, EitherSide),
        Request(PreservationExtension, EitherSide, Asks.Answer, [PreservationAnswer]) with
        {
            Opens = false,
        },
        Reply(PreservationRelease, EitherSide),
        Request(Escalation, Owner, AcknowledgedAndAnswered, [Information, Clarification, Measures]) with
        {
            Statements = [],
        },
        Say(ParticipantChange, Owner),
        Say(History, Owner) with
        {
            Opens = true,
        },
        Reply(GivenBack, Node) with
        {
            Implemented = true,
        },
        Say(Transfer, Owner) with
        {
            AsksFor = Asks.Answer,
            AnsweredBy = [TransferAnswer],
        },
        Reply(TransferAnswer, OfficeOffered),
        Say(Closure, Owner) with
        {
            Implemented = true,
            Statements = FixedStatements.OnEndings,
        },
        Say(Withdrawal, Author) with
        {
            NeedsReference = true,
            Implemented = true,
            Statements = FixedStatements.OnEndings,
        },
        FromNode(Error, implemented: true),
        FromNode(ResendRequest, implemented: true),
        Request(Ping, DirectoryManager, Asks.Answer, [Pong]) with
        {
            Statements = [],
        },
        Reply(Pong, StateAddressed),
    }.ToDictionary(rule => rule.Kind);

    /// <summary>All kinds, in the order of the specification.</summary>
    public static IReadOnlyCollection<KindRule> All => Table.Values;

    /// <summary>The rules of a kind.</summary>
    public static KindRule Of(MessageKind kind) => Table[kind];

    /// <summary>Whether a message of the one kind counts as an answer to one of the other.</summary>
    public static bool Answers(MessageKind answer, MessageKind asked) => Of(asked).AnsweredBy.Contains(answer);

    /// <summary>
    /// Whether whoever takes part in a conversation may say it at any time, closed or not: it asks for nothing, answers
    /// nothing that must be named, and is nobody's alone. So nothing that was said before has to be looked at.
    /// </summary>
    public static bool IsSaidAtAnyTime(MessageKind kind) =>
        Of(kind)
            is {
                Sender: KindSender.Anybody,
                AsksFor: Asks.Nothing,
                Sealed: true,
                Implemented: true,
                NeedsReference: false
            };

    private static KindRule Request(MessageKind kind, KindSender sender, Asks asks, MessageKind[] answeredBy) =>
        new(kind, sender, asks, answeredBy, Opens: true, Sealed: true, false, false, FixedStatements.OnRequests);

    private static KindRule Say(MessageKind kind, KindSender sender) =>
        new(kind, sender, Asks.Nothing, [], Opens: false, Sealed: true, false, false, []);

    private static KindRule Reply(MessageKind kind, KindSender sender) =>
        Say(kind, sender) with
        {
            NeedsReference = true,
        };

    private static KindRule FromNode(MessageKind kind, bool implemented) =>
        new(kind, Node, Asks.Nothing, [], Opens: false, Sealed: false, true, implemented, []);
}
