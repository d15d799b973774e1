using Comity.Kernel.Data;
using Comity.Kernel.Outcomes;
using Comity.Kernel.Viewing;
using Microsoft.EntityFrameworkCore;

namespace Comity.Kernel.Writing;

/// <summary>
/// The only way to write. A unit of work runs in a transaction and is durable when the call returns; where it answers
/// a problem, nothing of it is kept. Inside, wait for nothing but the database, and read there whatever is decided by it:
/// where two units met, the second is run again from its beginning.
/// </summary>
public abstract class WriteGate
{
    /// <summary>Runs a unit of work on behalf of a viewer, saves what it changed, commits.</summary>
    /// <returns>What the work returned, after the commit.</returns>
    public async Task<T> WriteAsync<T>(
        Viewer viewer,
        Func<AppDb, CancellationToken, Task<T>> work,
        CancellationToken ct
    )
    {
        var unit = new Unit<T>(viewer, work, ct);
        await PassAsync(unit, ct);
        return await unit.Result;
    }

    /// <summary>Runs a unit of work that has nothing to return.</summary>
    public Task WriteAsync(Viewer viewer, Func<AppDb, CancellationToken, Task> work, CancellationToken ct) =>
        WriteAsync(
            viewer,
            async (db, token) =>
            {
                await work(db, token);
                return true;
            },
            ct
        );

    /// <summary>What whoever waits is told of a fault of the database.</summary>
    private protected static Exception Told(IDatabase database, Exception cause) =>
        database.IsFull(cause) ? new DiskFullException(cause) : cause;

    internal abstract Task PassAsync(IUnit unit, CancellationToken ct);
}

/// <summary>One piece of writing on its way through the gate.</summary>
internal interface IUnit
{
    Viewer Viewer { get; }

    CancellationToken Cancellation { get; }

    /// <summary>Runs and saves; false means: undo.</summary>
    Task<bool> RunAsync(AppDb db);

    /// <summary>The caller goes on.</summary>
    void Settle();

    void Fail(Exception cause);
}

internal sealed class Unit<T>(Viewer viewer, Func<AppDb, CancellationToken, Task<T>> work, CancellationToken ct) : IUnit
{
    private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T? _result;

    public Viewer Viewer { get; } = viewer;

    public CancellationToken Cancellation { get; } = ct;

    public Task<T> Result => _done.Task;

    public async Task<bool> RunAsync(AppDb db)
    {
        _result = await work(db, Cancellation);
        if (OutcomeInspection.MeansRollback(_result))
            return false;
        await db.SaveChangesAsync(Cancellation);
        return true;
    }

    public void Settle() => _done.TrySetResult(_result!);

    public void Fail(Exception cause) => _done.TrySetException(cause);
}
