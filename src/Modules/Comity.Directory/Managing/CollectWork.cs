using Comity.Directory.Data;
using Comity.Directory.Following;
using Comity.Kernel;
using Comity.Kernel.Data;
using Comity.Kernel.Viewing;
using Comity.Kernel.Work;
using Comity.Kernel.Writing;
using Comity.Protocol;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Comity.Directory.Managing;

/// <summary>Asks the nodes of the admitted participants whether they have signed a newer entry.</summary>
internal sealed class CollectWork(
    AppDbFactory databases,
    WriteGate gate,
    Admission admission,
    DirectoryClient client,
    TimeProvider clock,
    ILogger<CollectWork> log
) : IWorkHandler
{
    public const string WorkKind = "directory.collect";
    public static readonly TimeSpan Every = TimeSpan.FromMinutes(15);

    private const int AtOnce = 8;
    private static readonly Viewer Collector = Viewer.System(WorkKind);

    public string Kind => WorkKind;

    public async Task<WorkResult> DoAsync(WorkItem item, CancellationToken ct)
    {
        await using var db = databases.Open(Collector);
        var homes = await db.Set<HomeParticipant>().AsNoTracking().Select(h => h.Code).ToListAsync(ct);
        var admitted = await db.Set<AdmittedEntry>()
            .AsNoTracking()
            .Where(a => !homes.Contains(a.Participant))
            .Join(db.Set<EntryVersion>(), a => a.Current, v => v.Digest, (a, v) => new { a.Participant, v.Octets })
            .ToListAsync(ct);
        await Parallel.ForEachAsync(
            admitted,
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = ct },
            async (a, token) => await AskAsync(a.Participant, a.Octets, token)
        );
        return WorkResult.Again(clock.Utc() + Every);
    }

    private async Task AskAsync(ParticipantCode participant, byte[] known, CancellationToken ct)
    {
        if (NodeAddress.Of(known) is not { } node)
            return;
        var fetched = await client.EntryAsync(node, participant, ct);
        if (fetched.Octets is not { } octets)
        {
            log.LogInformation("The node of {Participant} gave no entry: {Reason}", participant, fetched.Problem);
            return;
        }
        await gate.WriteAsync(Collector, (db, token) => NoteAsync(db, participant, token), ct);
        if (octets.Span.SequenceEqual(known))
            return;
        var outcome = await admission.TakeAsync(Collector, octets, EntryVersion.FromNode, participant, ct);
        if (outcome.Problem is { } problem)
            log.LogWarning("The newer entry of {Participant} was not taken: {Code}", participant, problem.Code);
    }

    private async Task NoteAsync(AppDb db, ParticipantCode participant, CancellationToken ct)
    {
        var admitted = await db.Set<AdmittedEntry>().SingleAsync(a => a.Participant == participant, ct);
        admitted.Asked(clock.Utc());
    }
}
