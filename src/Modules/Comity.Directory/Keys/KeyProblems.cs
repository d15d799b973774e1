using Comity.Kernel.Outcomes;
using Comity.OpenPgp;

namespace Comity.Directory.Keys;

/// <summary>What can stand in the way of keeping keys.</summary>
internal static class KeyProblems
{
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

    public static Problem OpensNothing { get; } =
        Problem.Refused(
            "keys.opens-nothing",
            "This key only signs: nothing can be sealed to it. Nothing was changed; an office needs a key that signs and is sealed to."
        );

    public static Problem SignsNothing { get; } =
        Problem.Refused(
            "keys.signs-nothing",
            "This key cannot sign. Nothing was changed; without --participant-key it is taken in to open what was sealed to it."
        );

    /// <summary>Why the entry is not made to name a key that opens all the same; null where nothing stands in the way.</summary>
    public static Problem? NotToBeNamed(KeyStanding standing) =>
        standing switch
        {
            KeyStanding.Usable => null,
            KeyStanding.Expired => Problem.Refused(
                "keys.expired",
                "This key has expired: nobody could seal to it. Nothing was changed; without --participant-key it is taken in to open what was sealed to it."
            ),
            KeyStanding.Revoked or KeyStanding.RevokedCompromised => Problem.Refused(
                "keys.revoked",
                "This key is revoked and is not put back into use. Nothing was changed; without --participant-key it is taken in to open what was sealed to it."
            ),
            KeyStanding.NotYetValid => Problem.Refused(
                "keys.not-yet-valid",
                "This key is not valid yet by the clock of this node. Nothing was changed."
            ),
            _ => Unaccepted,
        };

    /// <summary>Why octets are not a key that can be taken in.</summary>
    public static Problem NotReadable(KeyRefusal refusal) =>
        refusal switch
        {
            KeyRefusal.Version6 => Problem.Refused(
                "keys.version-6",
                "This is a key of OpenPGP version 6, which this version of Comity does not read yet. Nothing was changed; make a key of version 4."
            ),
            KeyRefusal.PassphraseWrong => Problem.Refused(
                "keys.passphrase-wrong",
                "The passphrase does not open this key. Nothing was changed."
            ),
            KeyRefusal.NoSecretMaterial => Problem.Refused(
                "keys.public-only",
                "This file holds the public part of a key only. Nothing was changed; take the private key out of the program that has it."
            ),
            KeyRefusal.AlgorithmRefused
            or KeyRefusal.UnsupportedVersion
            or KeyRefusal.NoValidSelfSignature
            or KeyRefusal.WeakSelfSignature => Unaccepted,
            KeyRefusal.ProtectionUnsupported => Problem.Refused(
                "keys.protection-unsupported",
                "This key is protected in a way that cannot be opened here. Nothing was changed; take it out again with a passphrase, as GnuPG does."
            ),
            _ => Problem.Refused(
                "keys.not-readable",
                "This is no OpenPGP private key, or not a whole one. Nothing was changed."
            ),
        };

    private static Problem Unaccepted { get; } =
        Problem.Refused(
            "keys.not-accepted",
            "This key is of a kind that is not accepted: its algorithm, curve or size, or the signatures that bind it, are too weak. Nothing was changed."
        );

    public static Problem BadReason { get; } =
        Problem.Invalid(
            "keys.bad-reason",
            "This is not a reason.",
            new Dictionary<string, string> { ["reason"] = "Write superseded, retired or compromised." }
        );
}
