using System.Data;
using System.Data.Common;
using Comity.Kernel.Data;
using Microsoft.EntityFrameworkCore;

namespace Comity.Kernel.Writing;

/// <summary>
/// For a database with many writers: every unit has a transaction of its own. Where two met, of this instance or of
/// another, nothing of the second is kept; it is run again on what the first has left, as if it had come after it. So a
/// unit means the same here as where there is one writer.
/// </summary>
internal sealed class OwnTransactionGate(AppDbFactory databases, IDatabase database) : WriteGate
{
    private const int MostAttempts = 10;

    private static readonly HashSet<string> Meetings = new(StringComparer.Ordinal)
    {
        "23505", // unique_violation: the other one added it
        "40001", // serialization_failure
        "40P01", // deadlock_detected
    };

    internal override async Task PassAsync(IUnit unit, CancellationToken ct)
    {
        try
        {
            for (var attempt = 1; ; attempt++)
                try
                {
                    await TryAsync(unit, ct);
                    break;
                }
                catch (Exception cause) when (attempt < MostAttempts && IsMeeting(cause))
                {
                    // What was found to be so, and is not so any more, is found anew.
                }
            unit.Settle();
        }
        catch (Exception cause)
        {
            unit.Fail(Told(database, cause));
        }
    }

    private async Task TryAsync(IUnit unit, CancellationToken ct)
    {
        await using var connection = database.Connect();
        await connection.OpenAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, ct);
        await using var db = databases.On(connection, unit.Viewer);
        await db.Database.UseTransactionAsync(transaction, ct);
        if (!await unit.RunAsync(db))
            return;
        // From here on the caller's patience no longer matters: what was accepted is committed.
        await transaction.CommitAsync(CancellationToken.None);
        db.Committed();
    }

    private static bool IsMeeting(Exception? cause) =>
        cause switch
        {
            null => false,
            DbUpdateConcurrencyException => true,
            DbException { SqlState: { } state } => Meetings.Contains(state),
            _ => IsMeeting(cause.InnerException),
        };
}
