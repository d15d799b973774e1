using Comity.Kernel;
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
internal sealed class ForgetParcel(WriteGate gate, TimeProvider clock) : IWorkHandler
{
    public const string WorkKind = "post.forget";
    public static readonly TimeSpan Kept = TimeSpan.FromDays(30);
    private static readonly Viewer Post = Viewer.System("post");

    public string Kind => WorkKind;

    public TimeSpan LongestPause => Kept;

    public async Task<WorkResult> DoAsync(WorkItem item, CancellationToken ct)
    {
        var id = Guid.Parse(item.Key);
        return await gate.WriteAsync(
            Post,
            async (db, token) =>
            {
                // One that was asked for again is on its way, and forgotten after it is settled anew.
                var settled = db.Set<OutgoingParcel>().Where(p => p.Id == id && p.Settled != null);
                if (
                    await settled.Select(p => p.Settled).SingleOrDefaultAsync(token) + Kept is { } due
                    && due > clock.Utc()
                )
                    return WorkResult.Again(due);
                await settled.ExecuteDeleteAsync(token);
                return WorkResult.Done;
            },
            ct
        );
    }
}
