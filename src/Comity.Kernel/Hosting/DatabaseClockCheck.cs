using Comity.Kernel.Data;
using Microsoft.EntityFrameworkCore;

namespace Comity.Kernel.Hosting;

/// <summary>
/// Whether this machine and the database server have the same time. Several instances judge one another's leases by their
/// own clocks; the server's is the one that all of them can see.
/// </summary>
internal sealed class DatabaseClockCheck(IDatabase database, TimeProvider clock) : ICheck
{
    private const string CheckName = "kernel.clock";
    private static readonly TimeSpan Leeway = TimeSpan.FromSeconds(10);

    public async Task<IReadOnlyList<CheckLine>> LookAsync(AppDb db, CancellationToken ct)
    {
        if (database.OneWriter)
            return [];
        var theirs = await db.Database.SqlQuery<DateTime>($"""SELECT clock_timestamp() AS "Value" """).SingleAsync(ct);
        var apart = (clock.Utc() - theirs).Duration();
        return
        [
            apart <= Leeway
                ? new(CheckName, CheckState.Ok, "This machine and the database server have the same time.")
                : new(
                    CheckName,
                    CheckState.Warn,
                    FormattableString.Invariant(
                        $"The clocks of this machine and of the database server are {apart.TotalSeconds:0} seconds apart."
                    ),
                    "Have all machines keep time by NTP: instances that are far apart take work from one another."
                ),
        ];
    }
}
