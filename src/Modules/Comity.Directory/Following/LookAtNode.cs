using Comity.Directory.Data;
using Comity.Directory.Finding;
using Comity.Directory.Managing;
using Comity.Kernel;
using Comity.Kernel.Data;
using Comity.Kernel.Viewing;
using Comity.Kernel.Work;
using Comity.Protocol;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Comity.Directory.Following;

/// <summary>
/// Asks the node of one participant for its newest entry, because somebody said that there is one. Only where the entry
/// in use says that the node is; only for a participant that a directory lists; what comes is judged as any other entry.
/// </summary>
internal sealed class LookAtNode(
    AppDbFactory databases,
    Roll roll,
    DirectoryClient client,
    HeardEntry heard,
    Admission admission,
    LookLimit limit,
    TimeProvider clock,
    ILogger<LookAtNode> log
) : IWorkHandler
{
    public const string WorkKind = "directory.look";
    private const int MostAttempts = 3;
    private static readonly Viewer Looker = Viewer.System(WorkKind);

    public string Kind => WorkKind;

    public async Task<WorkResult> DoAsync(WorkItem item, CancellationToken ct)
    {
        var participant = ParticipantCode.Parse(item.Key);
        if ((await roll.ReadAsync(ct)).Find(participant) is not { Home: false } known)
            return WorkResult.Done;
        // Another cause may have brought it forward.
        if (limit.From(participant) is var due && due > clock.Utc())
            return WorkResult.Again(due);
        limit.Asked(participant);
        var fetched = await client.EntryAsync(known.Entry.Core.NodeUrl, participant, ct);
        if (fetched.Octets is { } octets)
            return await TakeAsync(participant, octets, ct) ? WorkResult.Done : WorkResult.Again(clock.Utc());
        log.LogInformation("The node of {Participant} gave no entry: {Reason}", participant, fetched.Problem);
        // The next poll brings it anyhow.
        return item.Attempts < MostAttempts ? WorkResult.Again(limit.From(participant)) : WorkResult.Done;
    }

    private async Task<bool> TakeAsync(ParticipantCode participant, ReadOnlyMemory<byte> octets, CancellationToken ct)
    {
        await using var db = databases.Open(Looker);
        if (await db.Set<AdmittedEntry>().AnyAsync(a => a.Participant == participant, ct))
        {
            var outcome = await admission.TakeAsync(Looker, octets, EntryVersion.FromNode, participant, ct);
            if (outcome.Problem is { } problem)
                log.LogWarning("The newer entry of {Participant} was not taken: {Code}", participant, problem.Code);
        }
        return await heard.TakeAsync(participant, octets, ct);
    }
}
