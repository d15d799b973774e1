using Comity.OpenPgp;
using Comity.Protocol;
using Comity.Protocol.Directories;

namespace Comity.Directory;

/// <summary>An office as the newest valid entry of its participant describes it.</summary>
public sealed record OfficeCard
{
    public required OfficeName Office { get; init; }

    /// <summary><c>technical</c>, <c>policy</c>, <c>diplomatic</c>, <c>legal</c>, or what a directory adds.</summary>
    public required string Kind { get; init; }

    /// <summary>The participant's name by language (BCP 47).</summary>
    public required IReadOnlyDictionary<string, string> ParticipantNames { get; init; }

    public required string MailAddress { get; init; }

    public required Custody Custody { get; init; }

    /// <summary>Whose node hosts it, where the custody is hosted: that participant can read.</summary>
    public ParticipantCode? HostedBy { get; init; }

    /// <summary>Whether the custody is what the office's participant says alone: nobody has asked the host named.</summary>
    public bool CustodyIsClaimed => Custody == Custody.Hosted;

    /// <summary>Octets of its OpenPGP certificate; null where the entry has none, or none that the participant certified.</summary>
    public ReadOnlyMemory<byte>? Certificate { get; init; }

    /// <summary>That certificate as it was read and checked when the entry came.</summary>
    public Certificate? Key { get; init; }

    /// <summary>Fingerprint of that certificate; null where there is none.</summary>
    public string? Fingerprint { get; init; }

    /// <summary>Whether something can be sealed to it now, and if not, why not.</summary>
    public required KeyStanding KeyStanding { get; init; }

    /// <summary>Whether there is a key that signs and to which nothing can be sealed.</summary>
    public bool SignsOnly => Key is { } key && key.KeysFor(KeyUse.Encrypt).Count == 0;

    /// <summary>Until when something can be sealed to it, UTC; null where nothing can, or without end.</summary>
    public DateTime? UsableUntil { get; init; }

    /// <summary>Base URL of the participant's node.</summary>
    public required Uri NodeUrl { get; init; }

    /// <summary>How it can be reached, in the order that the participant prefers.</summary>
    public required IReadOnlyList<string> Transports { get; init; }

    /// <summary>The directory that the entry came through first; null for this node's own participants.</summary>
    public ParticipantCode? OriginDirectory { get; init; }

    public required long EntrySequence { get; init; }

    /// <summary>Digest of the exact octets of the signed entry.</summary>
    public required Digest EntryDigest { get; init; }

    /// <summary>Until when the entry holds, UTC.</summary>
    public required DateTime EntryValidUntil { get; init; }

    /// <summary>Fingerprint of the participant key: the participant's identity.</summary>
    public required string ParticipantFingerprint { get; init; }

    /// <summary>Whether anybody but the one directory says that this key is the participant's.</summary>
    public required bool Confirmed { get; init; }

    /// <summary>Whether a change of this participant waits for a person to decide.</summary>
    public required bool Held { get; init; }

    /// <summary>Whether a directory names another participant key than the one in use.</summary>
    public bool Disputed { get; init; }

    /// <summary>Of an own office, what is wrong with its key on this node; null where nothing is, or where nobody asked.</summary>
    public OwnKeyFault? OwnKeyFault { get; init; }
}

/// <summary>What is wrong with the key of an own office on this node, whatever its entry says.</summary>
public enum OwnKeyFault
{
    /// <summary>The key that the entry names is revoked here, and the entry does not show it.</summary>
    RevokedHere,

    /// <summary>No key is held here with which the office could sign now.</summary>
    NoneUsable,
}

/// <summary>A participant of the directory with what its entry says.</summary>
/// <param name="Code">Its code.</param>
/// <param name="Names">Its name by language.</param>
/// <param name="Sequence">Sequence of its entry.</param>
/// <param name="ValidUntil">Until when the entry holds, UTC.</param>
/// <param name="Fingerprint">Fingerprint of the participant key.</param>
/// <param name="Confirmed">Whether anybody but the one directory says that this key is the participant's.</param>
/// <param name="Held">Whether a change waits for a person to decide.</param>
/// <param name="Home">Whether this node serves it.</param>
/// <param name="Offices">Its points of contact.</param>
public sealed record ParticipantCard(
    ParticipantCode Code,
    IReadOnlyDictionary<string, string> Names,
    long Sequence,
    DateTime ValidUntil,
    string Fingerprint,
    bool Confirmed,
    bool Held,
    bool Home,
    IReadOnlyList<OfficeCard> Offices
)
{
    /// <summary>Whether the participant key is revoked: nothing is sealed to it, and nothing of it is believed.</summary>
    public bool Revoked { get; init; }

    /// <summary>Other participant keys that directories show for this code. None of them is used before people decide.</summary>
    public IReadOnlyList<OtherKeyCard> OtherKeys { get; init; } = [];

    /// <summary>Whether a directory names another participant key than the one in use.</summary>
    public bool Disputed => OtherKeys.Any(o => o.Disputes);
}

/// <summary>Another participant key than the one in use.</summary>
/// <param name="Fingerprint">Of that key.</param>
/// <param name="Directory">Which directory shows it.</param>
/// <param name="Sequence">Sequence of its entry.</param>
/// <param name="Disputes">Whether that directory lists it as the participant's; otherwise it waits for people there too.</param>
public sealed record OtherKeyCard(string Fingerprint, ParticipantCode Directory, long Sequence, bool Disputes);

/// <summary>What this node is home to.</summary>
/// <param name="Participants">Its participants; empty before the set-up.</param>
public sealed record HomeCard(IReadOnlyList<ParticipantCard> Participants);

/// <summary>The exact octets of a signed entry.</summary>
/// <param name="Participant">Whose.</param>
/// <param name="Sequence">Which version.</param>
/// <param name="Digest">SHA-256 of the octets.</param>
/// <param name="FirstSeen">Since when this node has it, UTC.</param>
/// <param name="Octets">The signed document.</param>
public sealed record EntryDocument(
    ParticipantCode Participant,
    long Sequence,
    Digest Digest,
    DateTime FirstSeen,
    ReadOnlyMemory<byte> Octets
);

/// <summary>What shows that entries stood in a directory: everything signed, and the digests that the header covers.</summary>
/// <param name="Directory">The directory.</param>
/// <param name="Number">Number of the snapshot.</param>
/// <param name="Root">Exact octets of the root.</param>
/// <param name="Delegation">Exact octets of the delegation of the directory key.</param>
/// <param name="Header">Exact octets of the signed header.</param>
/// <param name="EntryDigests">Digests of the entries in the order of the snapshot.</param>
public sealed record SnapshotProof(
    ParticipantCode Directory,
    long Number,
    ReadOnlyMemory<byte> Root,
    ReadOnlyMemory<byte> Delegation,
    ReadOnlyMemory<byte> Header,
    IReadOnlyList<Digest> EntryDigests
);

/// <summary>Who delegated a node key.</summary>
/// <param name="Grants">Each participant with its grant.</param>
/// <param name="Node">Base URL of the node.</param>
public sealed record NodeKeyOwner(IReadOnlyList<(ParticipantCode Participant, NodeKeyGrant Grant)> Grants, Uri Node);
