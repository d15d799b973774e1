using System.Globalization;
using Comity.Protocol;
using Comity.Protocol.Directories;
using Comity.Protocol.Evidence;

namespace Comity.Verify;

/// <summary>What following a snapshot gives, as lines for a reader.</summary>
internal static class DirectoryLines
{
    public static IReadOnlyList<string> Limits { get; } =
    [
        "It does not prove that this is the newest snapshot.",
        "A participant key is the directory manager's word until you have compared its fingerprint out of band.",
    ];

    public static List<EvidenceLine> Of(ReadOnlyMemory<byte> octets, Digest pinned, DateTime now)
    {
        var reading = SnapshotFile.Read(octets);
        if (!reading.IsGood)
        {
            return
            [
                Failed(
                    reading.Fault.Path,
                    "The file can be read.",
                    "unreadable",
                    $"The file is not a snapshot ({reading.Fault.Code}). It is damaged or was changed; fetch it again."
                ),
            ];
        }

        var followed = Following.Follow(FollowingState.Start(pinned), reading.Value, [], [], now);
        if (followed.Refusal is { } refusal)
        {
            return [Failed("header", "The snapshot is signed up to the pinned root.", "refused", WhyRefused(refusal))];
        }

        List<EvidenceLine> lines =
        [
            new(
                EvidenceVerdict.Proven,
                "header",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Snapshot {followed.State.Number} is signed up to the root {pinned.InGroups()}; fresh until {Instants.Write(followed.State.Expires!.Value)}."
                )
            ),
        ];
        lines.AddRange(followed.Entries.Select((outcome, index) => Line(outcome, index, followed.State)));
        lines.AddRange(
            followed
                .Alerts.Where(alert => alert.Notice is FollowingNotice.SnapshotExpired or FollowingNotice.EntryExpired)
                .Select(alert => new EvidenceLine(
                    EvidenceVerdict.Claimed,
                    alert.Code.Value,
                    $"Warning: {alert.Notice}. Fetch a newer one before you rely on it."
                ))
        );
        return lines;
    }

    private static string WhyRefused(FollowingRefusal refusal) =>
        refusal switch
        {
            FollowingRefusal.OtherRoot =>
                "Its root is not the one whose fingerprint you gave. Compare the fingerprint with the directory manager, "
                    + "by another way than the one that this file came.",
            FollowingRefusal.DelegationNotValid =>
                "The delegation of the directory key does not hold at this time. Fetch a newer snapshot; a file that was "
                    + "kept can be judged as of its own time with --at.",
            FollowingRefusal.FromTheFuture =>
                "It was made ahead of this machine's clock. Set the clock right, or ask the directory manager.",
            _ => $"Its signatures do not lead up to the root ({refusal}). It was changed, or is not what the directory "
                + "signed; fetch it again.",
        };

    private static EvidenceLine Line(EntryOutcome outcome, int index, FollowingState state)
    {
        var item = string.Create(CultureInfo.InvariantCulture, $"entries[{index}]");
        if (outcome.Result != EntryResult.New)
        {
            return Failed(
                item,
                $"The entry of {outcome.Code}.",
                "entry-not-valid",
                $"The entry was not taken ({outcome.Fault?.ToString() ?? outcome.Result.ToString()}). Ask the participant for its entry."
            );
        }

        var held = state.Entries[outcome.Code];
        return new EvidenceLine(
            EvidenceVerdict.Proven,
            item,
            string.Create(
                CultureInfo.InvariantCulture,
                $"Entry {held.Sequence} of {outcome.Code}: signed by its entry key, core vouched for by participant key {held.Current.Fingerprint}, {held.Current.Core.Offices.Count} offices."
            )
        );
    }

    private static EvidenceLine Failed(string item, string text, string code, string reason) =>
        new(EvidenceVerdict.Failed, item, text, code, reason);
}
