using Comity.Kernel.Outcomes;
using Comity.Protocol.Directories;

namespace Comity.Directory.Managing;

/// <summary>What can stand in the way of managing a directory.</summary>
internal static class ManagingProblems
{
    public static Problem NoManager { get; } =
        Problem.Refused("directory.no-manager", "This node manages no directory. Nothing was changed.");

    public static Problem DelegationOver { get; } =
        Problem.Refused(
            "directory.delegation-over",
            "The roots' delegation of the directory key is over. The published snapshot stays as it is. Let the holders of the root keys delegate a new directory key."
        );

    public static Problem PublishedMeanwhile { get; } =
        new(
            ProblemKind.Conflict,
            "directory.published-meanwhile",
            "A snapshot was published at the same moment. Nothing was lost; publish again if something is missing in it."
        );

    public static Problem EntryNotValid { get; } =
        Problem.Refused("directory.entry-not-valid", "This entry is not valid: {reason}. Nothing was changed.");

    public static Problem AnotherParticipant { get; } =
        Problem.Refused(
            "directory.another-participant",
            "The node was asked for one participant and gave the entry of {participant}. Nothing was changed."
        );

    public static Problem NoRoom { get; } =
        Problem.Refused(
            "directory.no-room",
            "With this entry the snapshot would be larger than followers read. Nothing was changed."
        );

    public static Problem EntryNotNewer { get; } =
        Problem.Refused(
            "directory.entry-not-newer",
            "A newer entry of this participant stands in the directory already. Nothing was changed."
        );

    public static Problem EntryForked { get; } =
        Problem.Refused(
            "directory.entry-forked",
            "The participant signed two different entries with the same sequence. Nothing was changed; ask the participant which one is meant."
        );

    public static Problem KeyRevoked { get; } =
        Problem.Refused(
            "directory.key-revoked",
            "The participant key is revoked, and this entry does not show it. Nothing was changed."
        );

    public static Problem KeyChanged { get; } =
        Problem.Refused(
            "directory.key-changed",
            "The participant key is another one, and the old key does not name it. The old entry stays in use until people have compared fingerprints."
        );

    /// <summary>Why an entry is not admitted, in words for its participant.</summary>
    public static Problem Of(EntryFault fault) =>
        fault switch
        {
            EntryFault.Malformed or EntryFault.CoreMalformed or EntryFault.CodeDiffers => Problem.Refused(
                "directory.entry-not-whole",
                "This file is not an entry, or not a whole one. Nothing was changed."
            ),
            EntryFault.CertificateRefused or EntryFault.OfficeKeyRefused => Problem.Refused(
                "directory.entry-key-refused",
                "A key in this entry is of a kind that is not accepted: of OpenPGP version 6, or weak. Nothing was changed; the participant needs a key of version 4."
            ),
            EntryFault.ParticipantKeyRevoked => Problem.Refused(
                "directory.entry-key-revoked",
                "The participant key in this entry is revoked. Nothing was changed; ask the participant."
            ),
            EntryFault.FromTheFuture => Problem.Refused(
                "directory.entry-from-the-future",
                "This entry is dated in the future: one of the two clocks is wrong. Nothing was changed."
            ),
            _ => Problem.Refused(
                "directory.entry-not-signed",
                "A signature in this entry is missing or wrong: it is not as its participant made it. Nothing was changed."
            ),
        };
}
