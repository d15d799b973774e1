using Comity.Kernel.Viewing;
using Comity.Kernel.Work;
using Comity.Kernel.Writing;
using Comity.Post.Data;
using Microsoft.EntityFrameworkCore;

namespace Comity.Post.Sending;

/// <summary>
/// Deletes a parcel thirty days after it was settled. Until then a peer that was restored from a backup can be sent it
/// again.
/// </summary>
internal sealed class ForgetParcel(WriteGate gate) : IWorkHandler
{
    public const string WorkKind = "post.forget";
    public static readonly TimeSpan Kept = TimeSpan.FromDays(30);
    private static readonly Viewer Post = Viewer.System("post");

    public string Kind => WorkKind;

    public async Task<WorkResult> DoAsync(WorkItem item, CancellationToken ct)
    {
        var id = Guid.Parse(item.Key);
        await gate.WriteAsync(
            Post,
            async (db, token) =>
                await db.Set<OutgoingParcel>()
                    // One that was asked for again is on its way, and forgotten after it is settled anew.
                    .Where(p => p.Id == id && p.Settled != null)
                    .ExecuteDeleteAsync(token),
            ct
        );
        return WorkResult.Done;
    }
}
