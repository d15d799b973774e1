using Comity.Directory.Finding;
using Comity.Kernel.Outcomes;
using Comity.Protocol;
using Comity.Protocol.Directories;
using Comity.Protocol.Signing;

namespace Comity.Directory.Following;

/// <summary>What following a directory gave.</summary>
/// <param name="Url">Base URL of the manager's node.</param>
/// <param name="Directory">Code of the manager.</param>
/// <param name="Root">The pinned digest.</param>
/// <param name="Number">Number of the snapshot.</param>
/// <param name="Expires">Until when it is fresh, UTC.</param>
/// <param name="Entries">How many entries it has.</param>
/// <param name="Steps">What was verified, from the pinned root downwards, in English.</param>
/// <param name="Participants">What became of each entry.</param>
/// <param name="Alerts">What a person must see, as stable codes with the participant.</param>
internal sealed record Followed(
    string Url,
    string Directory,
    string Root,
    long Number,
    DateTime Expires,
    int Entries,
    IReadOnlyList<string> Steps,
    IReadOnlyList<FollowedParticipant> Participants,
    IReadOnlyList<string> Alerts
)
{
    public static Followed Of(string url, Digest root, JudgedSnapshot judged)
    {
        var header = judged.Header!.Value;
        var outcome = judged.Outcome!;
        return new Followed(
            url,
            header.Directory.Value,
            root.Value,
            header.Number,
            header.Expires,
            header.Count,
            Describe(root, judged.Snapshot!, judged.Header!, outcome),
            [
                .. outcome.Entries.Select(e => new FollowedParticipant(
                    e.Code.Value,
                    SnapshotFetch.Code(e.Result),
                    Fault(e)
                )),
            ],
            [.. outcome.Alerts.Select(a => $"{SnapshotFetch.Code(a.Notice)} {a.Code.Value}".TrimEnd())]
        );
    }

    private static List<string> Describe(
        Digest pinned,
        Snapshot snapshot,
        SignedPayload<SnapshotHeader> header,
        FollowingOutcome outcome
    )
    {
        var root = DirectoryDocuments.ReadRoot(snapshot.Root).Value!;
        var delegation = DirectoryDocuments.ReadDelegation(snapshot.Delegation).Value!.Value;
        var good = outcome.Entries.Count(e => e.Result is not (EntryResult.Invalid or EntryResult.SignedByRevokedKey));
        return
        [
            $"The root of {root.Directory} is the pinned one: {Fingerprints.Grouped(pinned.Hex)}",
            FormattableString.Invariant(
                $"At least {root.Threshold} of {root.Certificates.Count} root keys delegated the directory key until {delegation.Until:yyyy-MM-dd}"
            ),
            FormattableString.Invariant(
                $"The directory key signed snapshot {header.Value.Number}, fresh until {header.Value.Expires:yyyy-MM-dd HH:mm} UTC"
            ),
            "The snapshot is not older than what was held, and its history leads there",
            FormattableString.Invariant(
                $"{good} of {header.Value.Count} entries are signed by their participants, with certified cores and office keys"
            ),
        ];
    }

    private static string? Fault(EntryOutcome entry) => entry.Fault is { } fault ? SnapshotFetch.Code(fault) : null;
}

/// <summary>What became of one participant's entry.</summary>
/// <param name="Participant">Its code.</param>
/// <param name="Result">As a stable code: <c>new</c>, <c>updated</c>, <c>unchanged</c>, <c>key-change-held</c>, …</param>
/// <param name="Fault">Why it is not valid, where it is not.</param>
internal sealed record FollowedParticipant(string Participant, string Result, string? Fault);

/// <summary>What can stand in the way of following.</summary>
internal static class FollowingProblems
{
    public static Problem BadUrl { get; } =
        Problem.Invalid(
            "directory.bad-url",
            "This is not the address of a node.",
            new Dictionary<string, string>
            {
                ["url"] = /* T */
                    "Write the address of the manager's node, such as https://node.example.",
            }
        );

    public static Problem BadRoot { get; } =
        Problem.Invalid(
            "directory.bad-root",
            "This is not the fingerprint of a root.",
            new Dictionary<string, string>
            {
                ["root"] = /* T */
                    "Write the 64 digits that the manager gave you, with or without spaces.",
            }
        );

    public static Problem CodeTaken { get; } =
        Problem.Refused(
            "directory.code-taken",
            "A directory of {directory} with another root is followed or managed here already. Nothing was changed. Ask {directory} which root is the right one."
        );

    public static Problem NotVerified { get; } =
        Problem.Refused(
            "directory.not-verified",
            "The directory could not be verified down to the pinned root: {reason}. Nothing of it is used."
        );
}
