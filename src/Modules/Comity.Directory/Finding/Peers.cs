using Comity.Post;
using Comity.Protocol;
using Comity.Protocol.Signing;

namespace Comity.Directory.Finding;

/// <summary>Tells the post who owns a node key, before a body is read.</summary>
internal sealed class Peers(DirectoryQueries directory) : IPeers
{
    public async ValueTask<Peer?> FindAsync(NodePublicKey key, CancellationToken cancellationToken)
    {
        var owner = await directory.PeerOfNodeKeyAsync(key, cancellationToken);
        return owner is null
            ? null
            : new Peer(
                key,
                [.. owner.Grants.Select(g => g.Participant)],
                owner.Grants.Max(g => g.Grant.Until),
                owner.Node
            );
    }
}
