using Comity.Directory.Data;
using Comity.Kernel;
using Comity.Kernel.Forms;
using Comity.Kernel.Modules;
using Comity.Kernel.Outcomes;
using Comity.Kernel.Viewing;
using Comity.Kernel.Writing;
using Comity.Ui.Layout;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Comity.Directory.Following;

/// <summary>A person has looked into an alarm about a directory and puts it aside; shown again, it is a new one.</summary>
/// <param name="Alarm">Which.</param>
internal sealed record PutAside(Guid Alarm);

/// <summary>The alarm that was put aside.</summary>
internal sealed record AlarmAside(Guid Alarm, DateTime At);

internal sealed class PutAsideHandler(
    WriteGate gate,
    CurrentViewer current,
    TimeProvider clock,
    ILogger<PutAsideHandler> log
)
{
    private static readonly Problem NoSuchAlarm = Problem.NotFound(
        "directory.no-such-alarm",
        "There is no such alarm. Nothing was changed."
    );

    public async Task<Outcome<AlarmAside>> HandleAsync(PutAside request, CancellationToken ct)
    {
        var outcome = await gate.WriteAsync<Outcome<AlarmAside>>(
            current.Viewer,
            async (db, token) =>
            {
                var alarm = await db.Set<DirectoryAlert>()
                    .SingleOrDefaultAsync(a => a.Id == request.Alarm && a.IsAlarm, token);
                if (alarm is null)
                    return NoSuchAlarm;
                alarm.End(clock.Utc());
                return new AlarmAside(alarm.Id, alarm.Ended!.Value);
            },
            ct
        );
        if (outcome.IsDone)
            log.LogInformation("Directory alarm {Alarm} was put aside by {Viewer}", request.Alarm, current.Viewer.Name);
        return outcome;
    }
}

internal static class PutAsideRoutes
{
    public const string Address = "/directory/alarms/aside";

    private static readonly Problem TooOld = Problem.Invalid(
        "directory.alarm-form-too-old",
        Form<PutAside>.TooOld,
        new Dictionary<string, string>(StringComparer.Ordinal)
    );

    public static void Map(ModuleRoutes routes)
    {
        routes
            .Api.MapPost(
                Address,
                async (PutAside asked, PutAsideHandler use, CancellationToken ct) =>
                    (await use.HandleAsync(asked, ct)).ToApi()
            )
            .Needs(DirectoryModule.SettleAlarms);
        routes.Pages.MapPost(Address, PostAsync).Needs(DirectoryModule.SettleAlarms);
    }

    // Nothing is typed here that could be lost: a page that was open for too long says so.
    private static async Task<IResult> PostAsync(Form<PutAside> form, PutAsideHandler use, CancellationToken ct)
    {
        if (!form.IsValid)
            return TooOld.ToPage();
        var outcome = await use.HandleAsync(form.Value, ct);
        return outcome.Problem is { } problem ? problem.ToPage() : TypedResults.LocalRedirect("/directory");
    }
}
