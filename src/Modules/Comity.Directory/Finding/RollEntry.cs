using Comity.OpenPgp;
using Comity.Protocol;
using Comity.Protocol.Directories;
using Comity.Protocol.Signing;

namespace Comity.Directory.Finding;

/// <summary>A participant as this node knows it now: its entry taken apart, and how it came to be known.</summary>
internal sealed record RollEntry
{
    public required CheckedEntry Entry { get; init; }

    /// <summary>The directory that it came through; null for this node's own participants.</summary>
    public required ParticipantCode? Origin { get; init; }

    public required bool Home { get; init; }

    public required bool Confirmed { get; init; }

    /// <summary>Whether a source lists it under this key now; otherwise it stands for the record only.</summary>
    public bool Listed { get; init; } = true;

    /// <summary>An entry that shows the participant key revoked.</summary>
    public CheckedEntry? Revocation { get; init; }

    /// <summary>Valid entries under other keys, which wait for people; nothing is sealed to them.</summary>
    public IReadOnlyList<OtherKey> Others { get; init; } = [];

    /// <summary>Whether a directory names another key for it than another one.</summary>
    public bool Disputed => Others.Any(o => o.Disputes);

    public required IReadOnlyDictionary<OfficeName, Certificate?> Keys { get; init; }

    public ParticipantCode Code => Entry.Core.Code;

    /// <summary>How the participant key stands: what it vouched for stands no better.</summary>
    public KeyStanding ParticipantStanding(DateTime at)
    {
        var standing = (Revocation ?? Entry).Participant.Standing(KeyUse.Certify, at);
        return standing is KeyStanding.Revoked or KeyStanding.RevokedCompromised ? standing : KeyStanding.Usable;
    }

    /// <summary>Whether what the entry says may be used: it is listed, and its participant key is not revoked.</summary>
    public bool Counts(DateTime at) => Listed && ParticipantStanding(at) == KeyStanding.Usable;

    public KeyStanding Standing(OfficeName office, DateTime at) =>
        ParticipantStanding(at) is var participant && participant != KeyStanding.Usable ? participant
        : Listed ? Keys.GetValueOrDefault(office)?.Standing(KeyUse.Encrypt, at) ?? KeyStanding.Missing
        : KeyStanding.Missing;

    public bool IsUsable(OfficeName office, DateTime at) => Standing(office, at) == KeyStanding.Usable;

    public ParticipantCard ToCard(DateTime now) =>
        new(
            Code,
            Entry.Core.Names,
            Entry.Source.Value.Sequence,
            Entry.Source.Value.ValidUntil,
            Entry.Fingerprint,
            Confirmed,
            Others.Count > 0,
            Home,
            [.. Entry.Core.Offices.OrderBy(o => o.Name).Select(o => ToCard(o, now))]
        )
        {
            Revoked = ParticipantStanding(now) != KeyStanding.Usable,
            OtherKeys =
            [
                .. Others.Select(o => new OtherKeyCard(
                    o.Entry.Fingerprint,
                    o.Directory,
                    o.Entry.Source.Value.Sequence,
                    o.Disputes
                )),
            ],
        };

    public OfficeCard ToCard(OfficeEntry office, DateTime now)
    {
        var certificate = Keys.GetValueOrDefault(office.Name);
        var counts = Counts(now);
        return new OfficeCard
        {
            Office = office.Name,
            Kind = office.Kind,
            ParticipantNames = Entry.Core.Names,
            MailAddress = office.MailAddress,
            Custody = office.Custody,
            HostedBy = office.HostedBy,
            Certificate = certificate is null || !counts ? null : office.Certificate,
            Key = counts ? certificate : null,
            Fingerprint = certificate?.Fingerprint,
            KeyStanding = Standing(office.Name, now),
            UsableUntil = counts ? certificate?.UsableUntil(KeyUse.Encrypt) : null,
            NodeUrl = Entry.Core.NodeUrl,
            Transports = Entry.Core.Transports,
            OriginDirectory = Origin,
            EntrySequence = Entry.Source.Value.Sequence,
            EntryDigest = Entry.Source.Digest,
            EntryValidUntil = Entry.Source.Value.ValidUntil,
            ParticipantFingerprint = Entry.Fingerprint,
            Confirmed = Confirmed,
            Held = Others.Count > 0,
            Disputed = Disputed,
        };
    }
}

/// <summary>A valid entry under another participant key than the one in use.</summary>
/// <param name="Entry">The entry.</param>
/// <param name="Directory">Which directory shows it.</param>
/// <param name="Disputes">Whether that directory lists it as the participant's; otherwise it waits there too.</param>
internal sealed record OtherKey(CheckedEntry Entry, ParticipantCode Directory, bool Disputes);

/// <summary>Everybody whom this node knows, at one stamp of the database.</summary>
/// <param name="Stamp">The stamp; while it stands, so does this.</param>
/// <param name="Entries">By code.</param>
internal sealed record RollPage(Guid Stamp, IReadOnlyDictionary<ParticipantCode, RollEntry> Entries)
{
    private readonly Lazy<ILookup<string, (RollEntry, OfficeEntry)>> _byMail = new(() =>
        Entries
            .Values.OrderBy(e => e.Code)
            .SelectMany(e => e.Entry.Core.Offices.Select(o => (Entry: e, Office: o)))
            .ToLookup(o => o.Office.MailAddress, StringComparer.OrdinalIgnoreCase)
    );

    private readonly Lazy<IReadOnlyDictionary<OfficeName, string>> _homeAddresses = new(() =>
        Entries
            .Values.Where(e => e.Home)
            .SelectMany(e => e.Entry.Core.Offices)
            .ToDictionary(o => o.Name, o => o.MailAddress)
    );

    private readonly Lazy<ILookup<NodePublicKey, (RollEntry, NodeKeyGrant)>> _byNodeKey = new(() =>
        Entries
            .Values.OrderBy(e => e.Code)
            .SelectMany(e => e.Entry.Core.NodeKeys.Select(g => (Entry: e, Grant: g)))
            .ToLookup(g => g.Grant.Key)
    );

    /// <summary>Offices by mail address; several may have the same.</summary>
    public ILookup<string, (RollEntry Entry, OfficeEntry Office)> ByMail => _byMail.Value;

    /// <summary>The mail addresses of this node's own offices.</summary>
    public IReadOnlyDictionary<OfficeName, string> HomeAddresses => _homeAddresses.Value;

    /// <summary>Who granted a node key, in alphabetical order; whether it counts now, and for this time, is to be seen.</summary>
    public ILookup<NodePublicKey, (RollEntry Entry, NodeKeyGrant Grant)> ByNodeKey => _byNodeKey.Value;

    public IEnumerable<RollEntry> InOrder => Entries.Values.OrderBy(e => e.Code);

    public RollEntry? Find(ParticipantCode code) => Entries.GetValueOrDefault(code);
}
