namespace Comity.Directory;

/// <summary>Everything that the directory knows, for the API and its page.</summary>
public sealed record DirectoryOverview(
    IReadOnlyList<OwnEntryLine> Own,
    IReadOnlyList<FollowedLine> Followed,
    ManagedLine? Managed,
    IReadOnlyList<ParticipantLine> Entries,
    IReadOnlyList<HeldLine> Held,
    IReadOnlyList<AlertLine> Alarms,
    IReadOnlyList<AlertLine> Warnings
);

public sealed record OwnEntryLine(
    string Participant,
    string Fingerprint,
    long Sequence,
    string Digest,
    DateTime ValidUntil
);

/// <param name="Root">The pinned digest of its root.</param>
/// <param name="Problem">Why the last poll brought nothing; a stable code.</param>
/// <param name="Expired">Whether its newest snapshot is past its time; it is used all the same.</param>
public sealed record FollowedLine(
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
public sealed record ManagedLine(
    string Code,
    string Root,
    long Number,
    string? Digest,
    DateTime? Expires,
    DateTime DelegatedUntil,
    IReadOnlyList<AdmittedLine> Admitted
);

/// <param name="Keys">Offices whose key cannot be sealed to, or will not be in sixty days.</param>
public sealed record AdmittedLine(
    string Participant,
    DateTime Admitted,
    DateTime? LastAsked,
    IReadOnlyList<OfficeSummary> Keys
);

public sealed record ParticipantLine(
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
    IReadOnlyList<OfficeSummary> Offices
);

/// <param name="OwnKey">Of an own office, what is wrong with its key here: <c>revoked-here</c>, <c>none-usable</c>; else null.</param>
public sealed record OfficeSummary(
    string Office,
    string Kind,
    string Custody,
    string? HostedBy,
    string Mail,
    string? Fingerprint,
    string Standing,
    DateTime? UsableUntil,
    string? OwnKey
)
{
    /// <summary>Whether there is a key that signs and to which nothing can be sealed.</summary>
    public bool SignsOnly { get; init; }

    /// <summary>The standing as pages show it.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public OpenPgp.KeyStanding Shown { get; init; }

    /// <summary>One English phrase where the key ends within sixty days; else null.</summary>
    public string? Warning { get; init; }
}

/// <param name="Directory">Which directory shows the waiting key.</param>
/// <param name="Disputed">Whether that directory lists it, while the key in use came from elsewhere.</param>
public sealed record HeldLine(
    string Participant,
    string Current,
    string Waiting,
    long Sequence,
    string Directory,
    bool Disputed
);

/// <param name="Id">By which a person puts an alarm aside.</param>
/// <param name="Sentence">In English, for programs.</param>
/// <param name="Text">The same with its placeholders, for pages.</param>
public sealed record AlertLine(
    Guid Id,
    string Notice,
    string Directory,
    string? Participant,
    DateTime At,
    string Sentence,
    [property: System.Text.Json.Serialization.JsonIgnore] string Text
);
