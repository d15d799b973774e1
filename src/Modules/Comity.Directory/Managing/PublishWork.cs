using Comity.Directory.Data;
using Comity.Kernel;
using Comity.Kernel.Data;
using Comity.Kernel.Viewing;
using Comity.Kernel.Work;
using Comity.Protocol;
using Microsoft.EntityFrameworkCore;

namespace Comity.Directory.Managing;

/// <summary>Publishes when an entry has changed, and before the published snapshot goes stale.</summary>
internal sealed class PublishWork(AppDbFactory databases, Publisher publisher, TimeProvider clock) : IWorkHandler
{
    public const string WorkKind = "directory.publish";

    private static readonly Viewer Signer = Viewer.System(WorkKind);
    private static readonly TimeSpan AskAgain = TimeSpan.FromHours(1);

    public string Kind => WorkKind;

    public TimeSpan LongestPause => Publisher.Fresh - Publisher.AgainBefore;

    public async Task<WorkResult> DoAsync(WorkItem item, CancellationToken ct)
    {
        var code = ParticipantCode.Parse(item.Key);
        await using var db = databases.Open(Signer);
        if (!await db.Set<ManagedDirectory>().AnyAsync(m => m.Code == code, ct))
            return WorkResult.Done;
        var published = await publisher.PublishAsync(Signer, onlyWhereNeeded: true, ct);
        return WorkResult.Again(
            published.IsDone ? published.Value.Expires - Publisher.AgainBefore : clock.Utc() + AskAgain
        );
    }
}
