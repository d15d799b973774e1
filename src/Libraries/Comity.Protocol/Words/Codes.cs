using System.Diagnostics.CodeAnalysis;

namespace Comity.Protocol;

/// <summary>The wire words of the protocol's enumerations, both ways.</summary>
public static class Codes
{
    private static readonly CodeTable<Tlp> TlpCodes = new()
    {
        [Tlp.Clear] = "CLEAR",
        [Tlp.Green] = "GREEN",
        [Tlp.Amber] = "AMBER",
        [Tlp.AmberStrict] = "AMBER+STRICT",
        [Tlp.Red] = "RED",
    };

    private static readonly CodeTable<Pap> PapCodes = new()
    {
        [Pap.Clear] = "CLEAR",
        [Pap.Green] = "GREEN",
        [Pap.Amber] = "AMBER",
        [Pap.Red] = "RED",
    };

    private static readonly CodeTable<RecordMode> RecordCodes = new()
    {
        [RecordMode.BetweenUs] = "between-us",
        [RecordMode.Logged] = "logged",
    };

    private static readonly CodeTable<Custody> CustodyCodes = new()
    {
        [Custody.OwnProgram] = "own-program",
        [Custody.OwnNode] = "own-node",
        [Custody.Hosted] = "hosted",
    };

    private static readonly CodeTable<ReceiptLevel> LevelCodes = new()
    {
        [ReceiptLevel.Stored] = "stored",
        [ReceiptLevel.Opened] = "opened",
    };

    private static readonly CodeTable<Priority> PriorityCodes = new()
    {
        [Priority.Routine] = "routine",
        [Priority.Priority] = "priority",
        [Priority.Immediate] = "immediate",
    };

    private static readonly CodeTable<MessageKind> KindCodes = new()
    {
        [MessageKind.Notification] = "notification",
        [MessageKind.MitigationRequest] = "mitigation-request",
        [MessageKind.Update] = "update",
        [MessageKind.Information] = "information",
        [MessageKind.KeyNotice] = "key-notice",
        [MessageKind.Receipt] = "receipt",
        [MessageKind.Acknowledgement] = "acknowledgement",
        [MessageKind.ClarificationRequest] = "clarification-request",
        [MessageKind.Clarification] = "clarification",
        [MessageKind.ConsultationRequest] = "consultation-request",
        [MessageKind.GoodOfficesRequest] = "good-offices-request",
        [MessageKind.Measures] = "measures",
        [MessageKind.AssistanceRequest] = "assistance-request",
        [MessageKind.AssistanceAnswer] = "assistance-answer",
        [MessageKind.AssistanceOffer] = "assistance-offer",
        [MessageKind.AssistanceDecision] = "assistance-decision",
        [MessageKind.Arrangement] = "arrangement",
        [MessageKind.DeliveryReport] = "delivery-report",
        [MessageKind.PreservationRequest] = "preservation-request",
        [MessageKind.PreservationAnswer] = "preservation-answer",
        [MessageKind.PreservationExtension] = "preservation-extension",
        [MessageKind.PreservationRelease] = "preservation-release",
        [MessageKind.Escalation] = "escalation",
        [MessageKind.ParticipantChange] = "participant-change",
        [MessageKind.History] = "history",
        [MessageKind.GivenBack] = "given-back",
        [MessageKind.Transfer] = "transfer",
        [MessageKind.TransferAnswer] = "transfer-answer",
        [MessageKind.Closure] = "closure",
        [MessageKind.Withdrawal] = "withdrawal",
        [MessageKind.Error] = "error",
        [MessageKind.ResendRequest] = "resend-request",
        [MessageKind.Ping] = "ping",
        [MessageKind.Pong] = "pong",
    };

    /// <summary>The word on the wire.</summary>
    public static string Code(this Tlp value) => TlpCodes[value];

    /// <summary>The word on the wire.</summary>
    public static string Code(this Pap value) => PapCodes[value];

    /// <summary>The word on the wire.</summary>
    public static string Code(this RecordMode value) => RecordCodes[value];

    /// <summary>The word on the wire.</summary>
    public static string Code(this Custody value) => CustodyCodes[value];

    /// <summary>The word on the wire.</summary>
    public static string Code(this ReceiptLevel value) => LevelCodes[value];

    /// <summary>The word on the wire.</summary>
    public static string Code(this Priority value) => PriorityCodes[value];

    /// <summary>The word on the wire.</summary>
    public static string Code(this MessageKind value) => KindCodes[value];

    /// <summary>Reads a word of the wire; false where it is unknown.</summary>
    public static bool TryRead([NotNullWhen(true)] string? code, out Tlp value) => TlpCodes.TryRead(code, out value);

    /// <inheritdoc cref="TryRead(string?, out Tlp)"/>
    public static bool TryRead([NotNullWhen(true)] string? code, out Pap value) => PapCodes.TryRead(code, out value);

    /// <inheritdoc cref="TryRead(string?, out Tlp)"/>
    public static bool TryRead([NotNullWhen(true)] string? code, out RecordMode value) =>
        RecordCodes.TryRead(code, out value);

    /// <inheritdoc cref="TryRead(string?, out Tlp)"/>
    public static bool TryRead([NotNullWhen(true)] string? code, out Custody value) =>
        CustodyCodes.TryRead(code, out value);

    /// <inheritdoc cref="TryRead(string?, out Tlp)"/>
    public static bool TryRead([NotNullWhen(true)] string? code, out ReceiptLevel value) =>
        LevelCodes.TryRead(code, out value);

    /// <inheritdoc cref="TryRead(string?, out Tlp)"/>
    public static bool TryRead([NotNullWhen(true)] string? code, out Priority value) =>
        PriorityCodes.TryRead(code, out value);

    /// <inheritdoc cref="TryRead(string?, out Tlp)"/>
    public static bool TryRead([NotNullWhen(true)] string? code, out MessageKind value) =>
        KindCodes.TryRead(code, out value);
}
