using Comity.Exchange.Data;
using Comity.Kernel;
using Comity.Kernel.Outcomes;
using Comity.Kernel.Viewing;
using Comity.Kernel.Writing;
using Microsoft.EntityFrameworkCore;

namespace Comity.Exchange.Alarming;

/// <summary>A person has seen an alarm and puts it aside. Nobody else is told.</summary>
/// <param name="Alarm">Row of the alarm.</param>
internal sealed record SettleAlarm(Guid Alarm);

/// <summary>The alarm that was put aside; the same again from now on is a new one.</summary>
internal sealed record AlarmSettled(Guid Alarm, DateTime At);

internal sealed class SettleAlarmHandler(WriteGate gate, CurrentViewer current, TimeProvider clock)
{
    public static Problem NoSuchAlarm { get; } =
        Problem.NotFound("exchange.no-such-alarm", "There is no such alarm. Nothing was changed.");

    private static Problem NotYours { get; } =
        Problem.Forbidden(
            "exchange.alarm-not-yours",
            "You do not act for the office that is to see this. Nothing was changed."
        );

    public Task<Outcome<AlarmSettled>> HandleAsync(SettleAlarm request, CancellationToken ct) =>
        gate.WriteAsync(
            current.Viewer,
            async (db, token) =>
            {
                if (await db.Set<Alarm>().SingleOrDefaultAsync(a => a.Id == request.Alarm, token) is not { } alarm)
                    return NoSuchAlarm;
                if (!current.Viewer.May(ExchangeModule.SettleAlarms, alarm.Home.Value))
                    return NotYours;
                alarm.Settle(clock.Utc());
                return (Outcome<AlarmSettled>)new AlarmSettled(alarm.Id, alarm.Settled!.Value);
            },
            ct
        );
}
