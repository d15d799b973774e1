using Comity.Kernel.Data;
using Comity.Kernel.Keys;
using Comity.Kernel.Viewing;
using Comity.Protocol.Signing;
using Microsoft.EntityFrameworkCore;

namespace Comity.Post.Sending;

/// <summary>The key with which this node signs its requests.</summary>
internal sealed class OwnNodeKey(AppDbFactory databases, KeyStore keys)
{
    /// <summary>The newest key in use, or null where the node has none yet; dispose of it soon.</summary>
    public async Task<NodeKey?> OpenAsync(CancellationToken cancellationToken)
    {
        await using var db = databases.Open(Viewer.System("post"));
        var held = await db.Set<HeldKey>()
            .AsNoTracking()
            .Where(k => k.Purpose == KeyPurpose.Node && k.Retired == null && k.Revoked == null)
            .OrderByDescending(k => k.Created)
            .FirstOrDefaultAsync(cancellationToken);
        return held is null ? null : keys.OpenNode(held);
    }
}
