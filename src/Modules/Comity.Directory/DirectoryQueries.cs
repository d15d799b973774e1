using Comity.Protocol;
using Comity.Protocol.Directories;
using Comity.Protocol.Signing;

namespace Comity.Directory;

/// <summary>
/// What others may ask the directory. It answers from what was verified and stored; it never asks the network.
/// Ask outside a write, and take the answer in.
/// </summary>
public sealed class DirectoryQueries
{
    private readonly DirectoryStub _stored = new();

    /// <summary>An office, or null where no entry names it.</summary>
    public Task<OfficeCard?> OfficeAsync(OfficeName office, CancellationToken ct) => _stored.Answer<OfficeCard?>(null);

    /// <summary>Every office of every participant, in alphabetical order.</summary>
    public Task<IReadOnlyList<OfficeCard>> OfficesAsync(CancellationToken ct) =>
        _stored.Answer<IReadOnlyList<OfficeCard>>([]);

    /// <summary>Every participant, in alphabetical order.</summary>
    public Task<IReadOnlyList<ParticipantCard>> ParticipantsAsync(CancellationToken ct) =>
        _stored.Answer<IReadOnlyList<ParticipantCard>>([]);

    /// <summary>Who delegated this node key, for a time that is not over; null where nobody did.</summary>
    public Task<NodeKeyOwner?> PeerOfNodeKeyAsync(NodePublicKey key, CancellationToken ct) =>
        _stored.Answer<NodeKeyOwner?>(null);

    /// <summary>Every grant of a node key that any stored entry of the participant ever gave; each says for which time.</summary>
    public Task<IReadOnlyList<NodeKeyGrant>> NodeKeyGrantsAsync(ParticipantCode participant, CancellationToken ct) =>
        _stored.Answer<IReadOnlyList<NodeKeyGrant>>([]);

    /// <summary>When the followed directories were last fetched and verified: the oldest of them, UTC; null before the first time.</summary>
    public Task<DateTime?> LastGoodPollAsync(CancellationToken ct) => _stored.Answer<DateTime?>(null);

    /// <summary>The exact entries of these participants that were the newest known at an instant (UTC), and any newer ones.</summary>
    public Task<IReadOnlyList<EntryDocument>> EntryDocumentsAsync(
        IReadOnlyCollection<ParticipantCode> participants,
        DateTime from,
        CancellationToken ct
    ) => _stored.Answer<IReadOnlyList<EntryDocument>>([]);

    /// <summary>The newest verified snapshot of a directory; null where it is neither followed nor managed here.</summary>
    public Task<SnapshotProof?> SnapshotProofAsync(ParticipantCode directory, CancellationToken ct) =>
        _stored.Answer<SnapshotProof?>(null);

    /// <summary>Participants and offices of this node.</summary>
    public Task<HomeCard> HomeAsync(CancellationToken ct) => _stored.Answer(new HomeCard([], null));

    /// <summary>The exact octets of this node's own newest entry; null before the set-up.</summary>
    public Task<EntryDocument?> OwnEntryAsync(CancellationToken ct) => _stored.Answer<EntryDocument?>(null);
}

internal sealed class DirectoryStub
{
    private readonly bool _empty = true;

    public Task<T> Answer<T>(T nothing) => Task.FromResult(_empty ? nothing : default!);
}
