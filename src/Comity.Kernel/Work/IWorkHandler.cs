using Comity.Kernel.Data;
using Microsoft.EntityFrameworkCore;

namespace Comity.Kernel.Work;

/// <summary>Does one kind of work. Its effects must be right when the same item is begun twice.</summary>
public interface IWorkHandler
{
    string Kind { get; }

    /// <summary>How long one attempt may take before another instance takes it up.</summary>
    TimeSpan Lease => TimeSpan.FromMinutes(2);

    Task<WorkResult> DoAsync(WorkItem item, CancellationToken ct);
}

/// <summary>How an attempt ended.</summary>
/// <param name="NextDue">Null where the work is done; else when to try again (UTC).</param>
public readonly record struct WorkResult(DateTime? NextDue)
{
    public static WorkResult Done { get; } = new(null);

    public static WorkResult Again(DateTime due) => new(due);
}

/// <summary>How a use case leaves work for later, in its own transaction.</summary>
public static class WorkTable
{
    /// <summary>Adds the work, or brings forward what is already there under the same key.</summary>
    public static async Task EnqueueAsync(
        this AppDb db,
        string kind,
        string key,
        DateTime due,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        var there = await db.Set<WorkItem>().SingleOrDefaultAsync(w => w.Kind == kind && w.Key == key, ct);
        if (there is null)
            db.Add(new WorkItem(Ids.New(clock), kind, key, due));
        else if (due < there.Due || there.LeasedUntil is not null)
            there.Later(due);
        db.AfterCommit(WorkSignal.Ring);
    }
}

/// <summary>Wakes the loop at once where the work was written by this process.</summary>
public static class WorkSignal
{
    internal static SemaphoreSlim Bell { get; } = new(0, 1);

    internal static void Ring()
    {
        try
        {
            Bell.Release();
        }
        catch (SemaphoreFullException)
        {
            // It rings already.
        }
    }
}
