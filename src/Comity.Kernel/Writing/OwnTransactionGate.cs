using System.Data;
using Comity.Kernel.Data;
using Microsoft.EntityFrameworkCore;

namespace Comity.Kernel.Writing;

/// <summary>For a database with many writers: every unit has a transaction of its own.</summary>
internal sealed class OwnTransactionGate(AppDbFactory databases, IDatabase database) : WriteGate
{
    internal override async Task PassAsync(IUnit unit, CancellationToken ct)
    {
        try
        {
            await using var connection = database.Connect();
            await connection.OpenAsync(ct);
            await database.PrepareAsync(connection, ct);
            await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, ct);
            await using var db = databases.On(connection, unit.Viewer);
            await db.Database.UseTransactionAsync(transaction, ct);
            if (await unit.RunAsync(db))
            {
                // From here on the caller's patience no longer matters: what was accepted is committed.
                await transaction.CommitAsync(CancellationToken.None);
                db.Committed();
            }
            unit.Settle();
        }
        catch (Exception cause)
        {
            unit.Fail(cause);
        }
    }
}
