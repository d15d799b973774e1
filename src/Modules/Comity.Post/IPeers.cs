using Comity.Protocol;
using Comity.Protocol.Signing;

namespace Comity.Post;

/// <summary>Who is known to the directory by node key. Directory implements it; Post asks before it reads a body.</summary>
public interface IPeers
{
    /// <summary>The peer that owns this key, or null where no followed directory delegates it to anybody.</summary>
    ValueTask<Peer?> FindAsync(NodePublicKey key, CancellationToken cancellationToken);
}

/// <summary>A node as the directory knows it.</summary>
/// <param name="Key">The key that signs its requests.</param>
/// <param name="Participants">The participants that delegated this key and so are served by the node.</param>
/// <param name="ValidUntil">The end of the delegation (UTC).</param>
/// <param name="Node">The base URL of the node, as its entry gives it.</param>
public sealed record Peer(
    NodePublicKey Key,
    IReadOnlyCollection<ParticipantCode> Participants,
    DateTime ValidUntil,
    Uri Node
);
