using Comity.OpenPgp;
using Comity.Protocol;
using Comity.Protocol.Directories;

namespace Comity.Directory.Finding;

/// <summary>A participant as this node knows it now: its entry taken apart, and how it came to be known.</summary>
internal sealed record RollEntry
{
    public required CheckedEntry Entry { get; init; }

    /// <summary>The directory that it came through; null for this node's own participants.</summary>
    public required ParticipantCode? Origin { get; init; }

    public required bool Home { get; init; }

    public required bool Confirmed { get; init; }

    /// <summary>A valid entry under another key that waits for a person; nothing is sealed to it.</summary>
    public CheckedEntry? Pending { get; init; }

    /// <summary>Whether two directories name different keys for it.</summary>
    public bool Disputed { get; init; }

    public required IReadOnlyDictionary<OfficeName, Certificate?> Keys { get; init; }

    public ParticipantCode Code => Entry.Core.Code;

    public bool IsUsable(OfficeName office, DateTime at) =>
        Keys.GetValueOrDefault(office)?.Standing(KeyUse.Encrypt, at) == KeyStanding.Usable;

    public ParticipantCard ToCard(DateTime now) =>
        new(
            Code,
            Entry.Core.Names,
            Entry.Source.Value.Sequence,
            Entry.Source.Value.ValidUntil,
            Entry.Fingerprint,
            Confirmed,
            Pending is not null,
            Home,
            [.. Entry.Core.Offices.OrderBy(o => o.Name).Select(o => ToCard(o, now))]
        );

    public OfficeCard ToCard(OfficeEntry office, DateTime now)
    {
        var certificate = Keys.GetValueOrDefault(office.Name);
        var standing = certificate?.Standing(KeyUse.Encrypt, now) ?? KeyStanding.Missing;
        return new OfficeCard
        {
            Office = office.Name,
            Kind = office.Kind,
            ParticipantNames = Entry.Core.Names,
            MailAddress = office.MailAddress,
            Custody = office.Custody,
            HostedBy = office.HostedBy,
            Certificate = certificate is null ? null : office.Certificate,
            Fingerprint = certificate?.Fingerprint,
            KeyStanding = standing,
            UsableUntil = certificate?.UsableUntil(KeyUse.Encrypt),
            NodeUrl = Entry.Core.NodeUrl,
            Transports = Entry.Core.Transports,
            OriginDirectory = Origin,
            EntrySequence = Entry.Source.Value.Sequence,
            EntryDigest = Entry.Source.Digest,
            EntryValidUntil = Entry.Source.Value.ValidUntil,
            ParticipantFingerprint = Entry.Fingerprint,
            Confirmed = Confirmed,
            Held = Pending is not null,
        };
    }
}

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

    /// <summary>Offices by mail address; several may have the same.</summary>
    public ILookup<string, (RollEntry Entry, OfficeEntry Office)> ByMail => _byMail.Value;

    public IEnumerable<RollEntry> InOrder => Entries.Values.OrderBy(e => e.Code);

    public RollEntry? Find(ParticipantCode code) => Entries.GetValueOrDefault(code);
}
