namespace Comity.Protocol;

/// <summary>
/// What a message is. The rules of each kind stand in <c>Kinds</c>, as data.
/// </summary>
public enum MessageKind
{
    /// <summary><c>notification</c>: An affected State tells another of what it sees.</summary>
    Notification,

    /// <summary><c>mitigation-request</c>: Asks for action against activity from the territory addressed that hits critical infrastructure.</summary>
    MitigationRequest,

    /// <summary><c>update</c>: Adds to a conversation; asks for nothing.</summary>
    Update,

    /// <summary><c>information</c>: For information; asks for nothing.</summary>
    Information,

    /// <summary><c>key-notice</c>: A node's signed word to known correspondents that a participant's entry is newer.</summary>
    KeyNotice,

    /// <summary><c>receipt</c>: A node's signed statement that octets were stored or opened; not sealed.</summary>
    Receipt,

    /// <summary><c>acknowledgement</c>: A person's acknowledgement; never agreement with the content.</summary>
    Acknowledgement,

    /// <summary><c>clarification-request</c>: Asks for clarification, with a priority class.</summary>
    ClarificationRequest,

    /// <summary><c>clarification</c>: Answers a request for clarification.</summary>
    Clarification,

    /// <summary><c>consultation-request</c>: Asks for consultation.</summary>
    ConsultationRequest,

    /// <summary><c>good-offices-request</c>: Asks for good offices; may name a regional arrangement.</summary>
    GoodOfficesRequest,

    /// <summary><c>measures</c>: What the State addressed did: done, partly, not able, nothing found.</summary>
    Measures,

    /// <summary><c>assistance-request</c>: Asks for assistance.</summary>
    AssistanceRequest,

    /// <summary><c>assistance-answer</c>: Answers a request for assistance.</summary>
    AssistanceAnswer,

    /// <summary><c>assistance-offer</c>: Offers assistance unasked; may stay unanswered.</summary>
    AssistanceOffer,

    /// <summary><c>assistance-decision</c>: The requester takes an offer wholly, in part, or declines.</summary>
    AssistanceDecision,

    /// <summary><c>arrangement</c>: What both sides arranged; both sign.</summary>
    Arrangement,

    /// <summary><c>delivery-report</c>: What was delivered under an arrangement; both sign.</summary>
    DeliveryReport,

    /// <summary><c>preservation-request</c>: Asks to preserve evidence; informal, creates no duty.</summary>
    PreservationRequest,

    /// <summary><c>preservation-answer</c>: Answers a preservation request.</summary>
    PreservationAnswer,

    /// <summary><c>preservation-extension</c>: Asks to preserve for longer.</summary>
    PreservationExtension,

    /// <summary><c>preservation-release</c>: Says that preservation is no longer asked for.</summary>
    PreservationRelease,

    /// <summary><c>escalation</c>: Takes a matter to the next office of the recipient.</summary>
    Escalation,

    /// <summary><c>participant-change</c>: The owner adds or removes a party to the conversation.</summary>
    ParticipantChange,

    /// <summary><c>history</c>: Original signed messages, re-sealed for a new party.</summary>
    History,

    /// <summary><c>given-back</c>: A message that its author lost, given back by an office that received it.</summary>
    GivenBack,

    /// <summary><c>transfer</c>: Hands the ownership of a conversation over.</summary>
    Transfer,

    /// <summary><c>transfer-answer</c>: Takes or declines a transfer.</summary>
    TransferAnswer,

    /// <summary><c>closure</c>: The owner closes the conversation; a statement only.</summary>
    Closure,

    /// <summary><c>withdrawal</c>: The owner withdraws a message; what has been sent stays with those who have it.</summary>
    Withdrawal,

    /// <summary><c>error</c>: A node's signed statement that a message was refused; to a verified sender only.</summary>
    Error,

    /// <summary><c>resend-request</c>: A node asks for envelopes that it lost, or that did not come.</summary>
    ResendRequest,

    /// <summary><c>ping</c>: A communication check.</summary>
    Ping,

    /// <summary><c>pong</c>: The answer to a communication check.</summary>
    Pong,
}
