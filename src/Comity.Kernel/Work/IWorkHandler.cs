using Comity.Kernel.Data;
using Microsoft.EntityFrameworkCore;

namespace Comity.Kernel.Work;

/// <summary>Does one kind of work. Its effects must be right when the same item is begun twice.</summary>
public interface IWorkHandler
{
    string Kind { get; }

    /// <summary>
    /// The longest that it is ever put off. What is due later was put off by a clock that ran ahead, and is begun when the
    /// clock is right again; so whoever is begun too early has to see that, and put it off anew.
    /// </summary>
    TimeSpan LongestPause => TimeSpan.FromHours(1);

    /// <summary>
    /// As long as this takes, nobody else is given the item. <paramref name="ct"/> says that the node is being stopped, or
    /// that the item is somebody else's by now: then what was begun is let go of.
    /// </summary>
    Task<WorkResult> DoAsync(WorkItem item, CancellationToken ct);
}

/// <summary>How an attempt ended.</summary>
/// <param name="NextDue">Null where the work is done; else when to try again (UTC).</param>
/// <param name="IsWritten">The end of it was written together with its effect; see <see cref="WorkTable.TryEndAsync"/>.</param>
public readonly record struct WorkResult(DateTime? NextDue, bool IsWritten = false)
{
    public static WorkResult Done { get; } = new(null);

    public static WorkResult Written { get; } = new(null, IsWritten: true);

    public static WorkResult Again(DateTime due) => new(due);
}

/// <summary>How a use case leaves work for later, in its own transaction.</summary>
public static class WorkTable
{
    /// <summary>
    /// Adds the work. Where it is there under the same key, it is brought forward; where somebody is at it just now, it
    /// is begun once more afterwards, because they may have looked before this cause came.
    /// </summary>
    public static async Task EnqueueAsync(
        this AppDb db,
        string kind,
        string key,
        DateTime due,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        // One statement, so that neither another cause nor the end of the work can come in between.
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO kernel_work ("Id", "Kind", "Key", "Due", "Attempts")
            VALUES ({Ids.New(clock)}, {kind}, {key}, {due}, 0)
            ON CONFLICT ("Kind", "Key") DO UPDATE SET
                "Due" = CASE WHEN excluded."Due" < kernel_work."Due" THEN excluded."Due" ELSE kernel_work."Due" END,
                "Wanted" = CASE WHEN kernel_work."LeasedUntil" IS NULL THEN NULL ELSE excluded."Due" END
            """,
            ct
        );
        db.AfterCommit(WorkSignal.Ring);
    }

    /// <summary>
    /// Ends the work in the write of its effect: one commit instead of two, and nothing of it is begun again. False where
    /// its cause came once more meanwhile, or it is somebody else's by now; then the loop settles it as ever.
    /// </summary>
    public static async Task<bool> TryEndAsync(this AppDb db, WorkItem item, CancellationToken ct) =>
        await item.In(db).Where(w => w.Wanted == null).ExecuteDeleteAsync(ct) > 0;

    /// <summary>Adds the work where there is none under this key; false, and nothing changed, where there is.</summary>
    public static async Task<bool> TryEnqueueAsync(
        this AppDb db,
        string kind,
        string key,
        DateTime due,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        var added = await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO kernel_work ("Id", "Kind", "Key", "Due", "Attempts")
            VALUES ({Ids.New(clock)}, {kind}, {key}, {due}, 0)
            ON CONFLICT ("Kind", "Key") DO NOTHING
            """,
            ct
        );
        return added > 0;
    }
}

/// <summary>Wakes the loop at once where the work was written by this process.</summary>
public static class WorkSignal
{
    private static TaskCompletionSource _next = Fresh();

    /// <summary>
    /// Ends when the bell rings next. Take it before looking for work, and nothing that comes between is missed; every
    /// loop in this process hears the same stroke.
    /// </summary>
    internal static Task Next => Volatile.Read(ref _next).Task;

    internal static void Ring() => Interlocked.Exchange(ref _next, Fresh()).TrySetResult();

    private static TaskCompletionSource Fresh() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
