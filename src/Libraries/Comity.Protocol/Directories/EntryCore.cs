namespace Comity.Protocol.Directories;

/// <summary>
/// The core of a directory entry: what decides where messages go and with which keys. The participant's offline key
/// vouches for the digest of its exact octets, so a stolen entry key cannot change it.
/// </summary>
public sealed record EntryCore
{
    /// <summary>The participant's code.</summary>
    public required ParticipantCode Code { get; init; }

    /// <summary>The participant's name by language (BCP 47).</summary>
    public required IReadOnlyDictionary<string, string> Names { get; init; }

    /// <summary>Base URL of its node.</summary>
    public required Uri NodeUrl { get; init; }

    /// <summary>Keys that its node may use, each for a time.</summary>
    public required IReadOnlyList<NodeKeyGrant> NodeKeys { get; init; }

    /// <summary>Its points of contact.</summary>
    public required IReadOnlyList<OfficeEntry> Offices { get; init; }

    /// <summary>Which office is the entry for which kind of message; a kind that is not named goes anywhere.</summary>
    public IReadOnlyDictionary<MessageKind, OfficeName> EntryOffices { get; init; } =
        new Dictionary<MessageKind, OfficeName>();

    /// <summary>To which office a matter goes next, in this order.</summary>
    public IReadOnlyList<OfficeName> EscalationOrder { get; init; } = [];

    /// <summary>How it can be reached, in the order that it prefers (<c>https</c>, <c>smtp</c>, <c>hand</c>).</summary>
    public required IReadOnlyList<string> Transports { get; init; }

    /// <summary>Versions of the protocol that it understands.</summary>
    public required IReadOnlyList<int> Versions { get; init; }

    /// <summary>Cryptographic suites that it understands.</summary>
    public required IReadOnlyList<string> Suites { get; init; }

    /// <summary>The office of that name, or null.</summary>
    public OfficeEntry? Office(OfficeName name) => Offices.FirstOrDefault(office => office.Name == name);
}

/// <summary>A node key that a participant delegates to its node for a time.</summary>
/// <param name="Key">The key.</param>
/// <param name="From">From when; UTC.</param>
/// <param name="Until">Until when; UTC, exclusive.</param>
public sealed record NodeKeyGrant(Signing.NodePublicKey Key, DateTime From, DateTime Until)
{
    /// <summary>Whether the node may use it at that time.</summary>
    public bool CoversTime(DateTime at) => From <= at && at < Until;
}

/// <summary>A point of contact in a directory entry.</summary>
public sealed record OfficeEntry
{
    /// <summary>Its name.</summary>
    public required OfficeName Name { get; init; }

    /// <summary>Its kind (<c>technical</c>, <c>policy</c>, <c>diplomatic</c>, <c>legal</c>; a directory may add more).</summary>
    public required string Kind { get; init; }

    /// <summary>Its mail address; envelopes carry it as From and To.</summary>
    public required string MailAddress { get; init; }

    /// <summary>Its OpenPGP certificate, certified by the participant key; absent where it has none (yet).</summary>
    public ReadOnlyMemory<byte>? Certificate { get; init; }

    /// <summary>Who holds its private key.</summary>
    public required Custody Custody { get; init; }

    /// <summary>The participant whose node hosts it, where the custody is <see cref="Protocol.Custody.Hosted"/>.</summary>
    public ParticipantCode? HostedBy { get; init; }

    /// <summary>Other ways to reach it.</summary>
    public IReadOnlyList<Channel> Channels { get; init; } = [];
}

/// <summary>A way to reach an office.</summary>
/// <param name="Kind">What it is (<c>telephone</c>, <c>web</c>, …).</param>
/// <param name="Value">The number or address.</param>
public sealed record Channel(string Kind, string Value);
