using Comity.Directory.Data;
using Comity.Kernel;
using Comity.Kernel.Work;
using Microsoft.Extensions.Logging;

namespace Comity.Directory.Following;

/// <summary>Polls a followed directory every quarter of an hour, sooner where the last attempt failed.</summary>
internal sealed class PollWork(Poller poller, TimeProvider clock, ILogger<PollWork> log) : IWorkHandler
{
    public const string WorkKind = "directory.poll";
    public static readonly TimeSpan Every = TimeSpan.FromMinutes(15);

    private static readonly TimeSpan AfterFailure = TimeSpan.FromMinutes(2);

    public string Kind => WorkKind;

    public async Task<WorkResult> DoAsync(WorkItem item, CancellationToken ct)
    {
        var judged = await poller.PollAsync(Guid.ParseExact(item.Key, "N"), ct);
        if (judged is null)
            return WorkResult.Done;
        foreach (var alert in judged.Outcome?.Alerts.Where(a => a.IsAlarm) ?? [])
            log.LogError("Directory alarm: {Notice} {Participant}", alert.Notice, alert.Code);
        if (judged.Problem is null)
            return WorkResult.Again(clock.Utc() + Every);
        log.LogWarning("The directory was not followed: {Problem}", judged.Problem);
        return WorkResult.Again(clock.Utc() + AfterFailure);
    }
}
