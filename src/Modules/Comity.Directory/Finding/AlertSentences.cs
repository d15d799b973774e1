using Comity.Directory.Data;
using Comity.Directory.Following;
using Comity.Protocol.Directories;

namespace Comity.Directory.Finding;

/// <summary>What an alert means, as a sentence; the key of its translations.</summary>
internal static class AlertSentences
{
    public static string Text(FollowingNotice notice) =>
        notice switch
        {
            FollowingNotice.DirectoryForked =>
                /* T */"Directory {directory} shows two different histories. Nothing of the other one is used. Ask its manager over another channel.",
            FollowingNotice.DirectoryWentBack =>
                /* T */"Directory {directory} served an older snapshot than the one known here. The newer one stays. Ask its manager over another channel.",
            FollowingNotice.OwnEntryDiffers =>
                /* T */"Directory {directory} shows an entry of {participant} that this node did not sign.",
            FollowingNotice.OwnEntryMissing =>
                /* T */"Directory {directory} does not list {participant}, which this node serves.",
            FollowingNotice.ParticipantKeyChanged =>
                /* T */"The participant key of {participant} changed without the word of the old key. The old key stays in use until two people have compared the new fingerprint.",
            FollowingNotice.ParticipantKeyDisputed =>
                /* T */"Directory {directory} names another participant key for {participant} than the one in use. The one in use stays until two people have compared fingerprints.",
            FollowingNotice.ParticipantKeyRevoked =>
                /* T */"The participant key of {participant} is revoked. Nothing is sealed to {participant} and nothing signed by it is believed until two people have compared a new fingerprint.",
            FollowingNotice.EntryWentBack =>
                /* T */"An entry of {participant} has a higher number and goes back to older keys, or is signed by a revoked key. It was not taken. Somebody may hold old keys of {participant}.",
            FollowingNotice.EntryForked => /* T */
            "{participant} signed two different entries with the same number.",
            FollowingNotice.SnapshotExpired =>
                /* T */"The snapshot of directory {directory} is past its time. It is used all the same; its manager should publish a new one.",
            FollowingNotice.EntryExpired => /* T */
            "The entry of {participant} is past its validity.",
            FollowingNotice.EntryInvalid => /* T */
            "An entry of {participant} is not valid and was not taken.",
            _ => /* T */
            "Directory {directory} shows an older entry of {participant} than the one known here.",
        };

    public static string English(DirectoryAlert alert) =>
        Text(alert.Notice)
            .Replace("{directory}", alert.Directory.Value, StringComparison.Ordinal)
            .Replace("{participant}", alert.Participant, StringComparison.Ordinal);

    public static AlertLine Line(DirectoryAlert alert) =>
        new(
            alert.Id,
            SnapshotFetch.Code(alert.Notice),
            alert.Directory.Value,
            alert.Participant.Length == 0 ? null : alert.Participant,
            alert.Since,
            English(alert),
            Text(alert.Notice)
        );
}
