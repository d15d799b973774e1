using Comity.Kernel;
using Comity.Kernel.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Comity.Directory.Data;

/// <summary>
/// Changes with every write to the directory, whoever wrote: by it every instance sees whether what it has taken apart
/// in memory still holds.
/// </summary>
[Plumbing("One random number")]
internal sealed class RollStamp
{
    private const int Only = 1;

    private static long _changes;

    public int Id { get; init; } = Only;

    public Guid Value { get; set; }

    /// <summary>
    /// How many writes of this process have changed a directory. Where nobody else writes to the database, what was read
    /// under the same number still holds, without asking.
    /// </summary>
    public static long Changes => Volatile.Read(ref _changes);

    /// <summary>Every write to the directory calls this.</summary>
    public static async Task TouchAsync(AppDb db, TimeProvider clock, CancellationToken ct)
    {
        var stamp = await db.Set<RollStamp>().SingleAsync(s => s.Id == Only, ct);
        stamp.Value = Ids.New(clock);
        db.AfterCommit(Changed);
    }

    /// <summary>
    /// The same as the first step of a write: others that begin so wait until this one has ended, and then see what it
    /// wrote.
    /// </summary>
    public static Task TouchFirstAsync(AppDb db, TimeProvider clock, CancellationToken ct)
    {
        var value = Ids.New(clock);
        db.AfterCommit(Changed);
        return db.Set<RollStamp>()
            .Where(s => s.Id == Only)
            .ExecuteUpdateAsync(s => s.SetProperty(r => r.Value, value), ct);
    }

    private static void Changed() => Interlocked.Increment(ref _changes);
}

internal sealed class RollStampMap : IEntityTypeConfiguration<RollStamp>
{
    public void Configure(EntityTypeBuilder<RollStamp> e)
    {
        e.ToTable("directory_stamp");
        e.HasKey(s => s.Id);
        e.Property(s => s.Id).ValueGeneratedNever();
        e.HasData(new RollStamp());
    }
}
