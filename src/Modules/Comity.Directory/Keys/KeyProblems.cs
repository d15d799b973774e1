using Comity.Kernel.Outcomes;

namespace Comity.Directory.Keys;

/// <summary>What can stand in the way of keeping keys.</summary>
internal static class KeyProblems
{
    public static Problem NotReadable { get; } =
        Problem.Refused("keys.not-readable", "This key cannot be read: {reason}. Nothing was changed.");

    public static Problem NotTheParticipantKey { get; } =
        Problem.Refused(
            "keys.not-the-participant-key",
            "This is not the participant key of a participant of this node, or its primary secret is missing. Nothing was changed."
        );

    public static Problem ParticipantKeyOver { get; } =
        Problem.Refused(
            "keys.participant-key-over",
            "No entry key of this participant key is usable any more: it has ended or is revoked. Nothing was changed."
        );

    public static Problem NoSuchOffice { get; } =
        Problem.NotFound("keys.no-such-office", "{office} is not an office of this node. Nothing was changed.");

    public static Problem NoSuchKey { get; } =
        Problem.NotFound("keys.no-such-key", "This node holds no such key. Nothing was changed.");

    public static Problem AlreadyHeld { get; } =
        new(ProblemKind.Conflict, "keys.already-held", "This node holds this key already. Nothing was changed.");

    public static Problem ChangedMeanwhile { get; } =
        new(
            ProblemKind.Conflict,
            "keys.changed-meanwhile",
            "The entry was signed anew at the same moment. Nothing was changed; please do it again."
        );

    public static Problem NotExportable { get; } =
        Problem.Refused("keys.not-exportable", "A node key is not exported; make a new one where it is needed.");

    public static Problem NoRevocation { get; } =
        Problem.Refused(
            "keys.no-revocation",
            "No revocation of this key is kept here. Nothing was changed; revoke it with the program that made it and take it in again."
        );

    public static Problem NotRevocable { get; } =
        Problem.Refused(
            "keys.not-revocable",
            "A node key or an entry key is replaced: make a new one. A participant key is revoked with --participant-key. Nothing was changed."
        );

    public static Problem WholeParticipant { get; } =
        Problem.Refused(
            "keys.whole-participant",
            "An entry key that somebody may hold is replaced: keys create --purpose entry --compromised. Its fingerprint is that of the participant key; to end the participant key, and with it the participant for everybody, say --whole-participant. Nothing was changed."
        );

    public static Problem BadReason { get; } =
        Problem.Invalid(
            "keys.bad-reason",
            "This is not a reason.",
            new Dictionary<string, string> { ["reason"] = "Write superseded, retired or compromised." }
        );
}
