using Comity.Directory.Data;
using Comity.Directory.Following;
using Comity.Kernel;
using Comity.Kernel.Data;
using Comity.Protocol;
using Microsoft.EntityFrameworkCore;

namespace Comity.Directory.Finding;

/// <summary>Everything that the directory knows, for the API and its page.</summary>
internal sealed record DirectoryOverview(
    IReadOnlyList<OwnEntryLine> Own,
    IReadOnlyList<FollowedLine> Followed,
    ManagedLine? Managed,
    IReadOnlyList<ParticipantLine> Entries,
    IReadOnlyList<HeldLine> Held,
    IReadOnlyList<AlertLine> Alarms,
    IReadOnlyList<AlertLine> Warnings
);

internal sealed record OwnEntryLine(
    string Participant,
    string Fingerprint,
    long Sequence,
    string Digest,
    DateTime ValidUntil
);

/// <param name="Root">The pinned digest of its root.</param>
/// <param name="Problem">Why the last poll brought nothing; a stable code.</param>
/// <param name="Expired">Whether its newest snapshot is past its time; it is used all the same.</param>
internal sealed record FollowedLine(
    string Url,
    string Code,
    string Root,
    long Number,
    DateTime? Expires,
    bool Expired,
    DateTime? LastPoll,
    DateTime? LastGoodPoll,
    string? Problem,
    IReadOnlyList<string> Warnings
);

/// <summary>The directory that this node signs.</summary>
internal sealed record ManagedLine(
    string Code,
    string Root,
    long Number,
    string? Digest,
    DateTime? Expires,
    DateTime DelegatedUntil,
    IReadOnlyList<AdmittedLine> Admitted
);

internal sealed record AdmittedLine(string Participant, DateTime Admitted, DateTime? LastAsked);

internal sealed record ParticipantLine(
    string Participant,
    string Name,
    IReadOnlyDictionary<string, string> Names,
    long Sequence,
    DateTime ValidUntil,
    string Fingerprint,
    bool Confirmed,
    bool Held,
    bool Home,
    string? Origin,
    IReadOnlyList<OfficeLine> Offices
);

internal sealed record OfficeLine(
    string Office,
    string Kind,
    string Custody,
    string? HostedBy,
    string Mail,
    string? Fingerprint,
    string Standing,
    DateTime? UsableUntil
);

internal sealed record HeldLine(string Participant, string Current, string Waiting, long Sequence);

internal sealed record AlertLine(string Notice, string Directory, string? Participant, DateTime At, string Sentence)
{
    public static AlertLine Of(DirectoryAlert alert) =>
        new(
            SnapshotFetch.Code(alert.Notice),
            alert.Directory.Value,
            alert.Participant.Length == 0 ? null : alert.Participant,
            alert.Since,
            AlertSentences.English(alert)
        );
}
