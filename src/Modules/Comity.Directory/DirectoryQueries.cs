using System.Collections.Concurrent;
using Comity.Directory.Data;
using Comity.Directory.Finding;
using Comity.Kernel;
using Comity.Kernel.Data;
using Comity.Kernel.Viewing;
using Comity.Protocol;
using Comity.Protocol.Directories;
using Comity.Protocol.Signing;
using Microsoft.EntityFrameworkCore;

namespace Comity.Directory;

/// <summary>
/// What others may ask the directory. It answers from what was verified and stored; it never asks the network.
/// Ask outside a write, and take the answer in.
/// </summary>
public sealed class DirectoryQueries
{
    private static readonly Viewer Reader = Viewer.System("directory");

    private readonly Roll _roll;
    private readonly AppDbFactory _databases;
    private readonly TimeProvider _clock;
    private readonly ConcurrentDictionary<ParticipantCode, (Guid Stamp, IReadOnlyList<NodeKeyGrant> Grants)> _grants =
        new();

    internal DirectoryQueries(Roll roll, AppDbFactory databases, TimeProvider clock)
    {
        _roll = roll;
        _databases = databases;
        _clock = clock;
    }

    /// <summary>An office, or null where no entry names it.</summary>
    public async Task<OfficeCard?> OfficeAsync(OfficeName office, CancellationToken ct)
    {
        var entry = (await _roll.ReadAsync(ct)).Find(office.Participant);
        return entry?.Entry.Core.Office(office) is { } found ? entry.ToCard(found, _clock.Utc()) : null;
    }

    /// <summary>Every office of every participant, in alphabetical order.</summary>
    public async Task<IReadOnlyList<OfficeCard>> OfficesAsync(CancellationToken ct) =>
        [.. (await ParticipantsAsync(ct)).SelectMany(p => p.Offices)];

    /// <summary>Finds offices by mail address as the directory stands now, without asking it again for each.</summary>
    public async Task<Func<string, IReadOnlyList<OfficeCard>>> OfficesByMailAsync(CancellationToken ct)
    {
        var (page, now) = (await _roll.ReadAsync(ct), _clock.Utc());
        return address => [.. page.ByMail[address].Select(o => o.Entry.ToCard(o.Office, now))];
    }

    /// <summary>Every participant, in alphabetical order.</summary>
    public async Task<IReadOnlyList<ParticipantCard>> ParticipantsAsync(CancellationToken ct)
    {
        var now = _clock.Utc();
        return [.. (await _roll.ReadAsync(ct)).InOrder.Select(e => e.ToCard(now))];
    }

    /// <summary>Who delegated this node key, for a time that is not over; null where nobody did.</summary>
    public async Task<NodeKeyOwner?> PeerOfNodeKeyAsync(NodePublicKey key, CancellationToken ct)
    {
        var now = _clock.Utc();
        var grants = (await _roll.ReadAsync(ct))
            .ByNodeKey[key]
            .Where(g => g.Grant.CoversTime(now) && g.Entry.Counts(now))
            .ToList();
        return grants.Count == 0
            ? null
            : new NodeKeyOwner([.. grants.Select(g => (g.Entry.Code, g.Grant))], grants[0].Entry.Entry.Core.NodeUrl);
    }

    /// <summary>
    /// Every grant of a node key that any stored entry of the participant ever gave; each says for which time, which ends
    /// where the participant took the key back. None where the participant key is revoked.
    /// </summary>
    public async Task<IReadOnlyList<NodeKeyGrant>> NodeKeyGrantsAsync(ParticipantCode participant, CancellationToken ct)
    {
        var page = await _roll.ReadAsync(ct);
        if (page.Find(participant) is not { } known || !known.Counts(_clock.Utc()))
            return [];
        // Asked for each receipt; the versions of an entry are many and large, and change seldom.
        if (_grants.TryGetValue(participant, out var before) && before.Stamp == page.Stamp)
            return before.Grants;
        await using var db = _databases.Open(Reader);
        // Versions under another key were never in use, or were named by the key in use; both stand in the version itself.
        var versions = await db.Set<EntryVersion>()
            .AsNoTracking()
            .Where(v => v.Participant == participant && v.Fingerprint == known.Entry.Fingerprint)
            .OrderByDescending(v => v.Sequence)
            .Select(v => v.Octets)
            .ToListAsync(ct);
        var grants = NodeKeyGrants.Of(
            versions.Select(octets => EntryCheck.FromOwnStorage(octets)).OfType<CheckedEntry>()
        );
        _grants[participant] = (page.Stamp, grants);
        return grants;
    }

    /// <summary>When the followed directories were last fetched and verified: the oldest of them, UTC; null before the first time.</summary>
    public async Task<DateTime?> LastGoodPollAsync(CancellationToken ct)
    {
        await using var db = _databases.Open(Reader);
        var polls = await db.Set<FollowedDirectory>().AsNoTracking().Select(f => f.LastGoodPoll).ToListAsync(ct);
        return polls.Contains(null) ? null : polls.Min();
    }

    /// <summary>
    /// When this directory was last fetched and verified, UTC; null where it never was. What another directory does, or no
    /// longer does, says nothing about it.
    /// </summary>
    public async Task<DateTime?> LastGoodPollAsync(ParticipantCode directory, CancellationToken ct)
    {
        await using var db = _databases.Open(Reader);
        return await db.Set<FollowedDirectory>()
            .AsNoTracking()
            .Where(f => f.Code == directory)
            .MaxAsync(f => f.LastGoodPoll, ct);
    }

    /// <summary>The exact entries of these participants that were the newest known at an instant (UTC), and any newer ones.</summary>
    public async Task<IReadOnlyList<EntryDocument>> EntryDocumentsAsync(
        IReadOnlyCollection<ParticipantCode> participants,
        DateTime from,
        CancellationToken ct
    )
    {
        await using var db = _databases.Open(Reader);
        var wanted = participants.ToList();
        var versions = await db.Set<EntryVersion>()
            .AsNoTracking()
            .Where(v => wanted.Contains(v.Participant))
            .ToListAsync(ct);
        return
        [
            .. versions
                .GroupBy(v => v.Participant)
                .OrderBy(g => g.Key)
                .SelectMany(g => Since([.. g.OrderBy(v => v.Sequence).ThenBy(v => v.FirstSeen)], from))
                .Select(v => new EntryDocument(v.Participant, v.Sequence, v.Digest, v.FirstSeen, v.Octets)),
        ];
    }

    /// <summary>The newest verified snapshot of a directory; null where it is neither followed nor managed here.</summary>
    public async Task<SnapshotProof?> SnapshotProofAsync(ParticipantCode directory, CancellationToken ct)
    {
        await using var db = _databases.Open(Reader);
        var record = await db.Set<SnapshotRecord>()
            .AsNoTracking()
            .Where(s => s.Directory == directory)
            .OrderByDescending(s => s.Number)
            .FirstOrDefaultAsync(ct);
        return record is null
            ? null
            : new SnapshotProof(
                directory,
                record.Number,
                record.Root,
                record.Delegation,
                record.Header,
                record.EntryDigests()
            );
    }

    /// <summary>Participants and offices of this node.</summary>
    public async Task<HomeCard> HomeAsync(CancellationToken ct)
    {
        var now = _clock.Utc();
        return new HomeCard([.. (await _roll.ReadAsync(ct)).InOrder.Where(e => e.Home).Select(e => e.ToCard(now))]);
    }

    /// <summary>The mail address of every office of this node; asked for each envelope that comes.</summary>
    public async Task<IReadOnlyDictionary<OfficeName, string>> HomeAddressesAsync(CancellationToken ct) =>
        (await _roll.ReadAsync(ct)).HomeAddresses;

    /// <summary>The exact octets of this node's own newest entry; null before the set-up.</summary>
    public async Task<EntryDocument?> OwnEntryAsync(CancellationToken ct)
    {
        await using var db = _databases.Open(Reader);
        return await OwnEntryDocument.ReadAsync(db, participant: null, ct);
    }

    /// <summary>The exact octets of the newest entry of a participant of this node; null where it is none.</summary>
    public async Task<EntryDocument?> OwnEntryAsync(ParticipantCode participant, CancellationToken ct)
    {
        await using var db = _databases.Open(Reader);
        return await OwnEntryDocument.ReadAsync(db, participant, ct);
    }

    private static IEnumerable<EntryVersion> Since(List<EntryVersion> versions, DateTime from)
    {
        var asThen = versions.FindLastIndex(v => v.FirstSeen <= from);
        return versions.Skip(Math.Max(asThen, 0));
    }
}
