using Comity.Kernel.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Comity.Kernel.Work;

/// <summary>
/// Something that the node still has to do: written in the transaction of its cause, claimed by lease, done at least
/// once. This is the outbox and the timer in one table.
/// </summary>
[Plumbing("Kinds, ids and times only")]
public sealed class WorkItem
{
    private WorkItem() { }

    public WorkItem(Guid id, string kind, string key, DateTime due)
    {
        Id = id;
        Kind = kind;
        Key = key;
        Due = due;
    }

    public Guid Id { get; private set; }

    /// <summary>Which handler: <c>post.deliver</c>.</summary>
    public string Kind { get; private set; } = "";

    /// <summary>On what: unique within the kind, usually an id. The same cause twice is one piece of work.</summary>
    public string Key { get; private set; } = "";

    public DateTime Due { get; private set; }

    /// <summary>Somebody is at it until then; afterwards it is taken up by whoever comes.</summary>
    public DateTime? LeasedUntil { get; private set; }

    /// <summary>Its cause came again while somebody was at it: it is begun once more, from then on.</summary>
    public DateTime? Wanted { get; private set; }

    /// <summary>How often it was begun.</summary>
    public int Attempts { get; private set; }

    public void Lease(DateTime until)
    {
        LeasedUntil = until;
        Attempts++;
    }

    /// <summary>Its row, as long as whoever holds this is still at it: whoever claims it next raises the number of attempts.</summary>
    internal IQueryable<WorkItem> In(AppDb db) => db.Set<WorkItem>().Where(w => w.Id == Id && w.Attempts == Attempts);

    public void Later(DateTime due)
    {
        Due = due;
        LeasedUntil = null;
        // Whoever is at it now began before this cause was there: what they settle must not count any more.
        Attempts++;
    }
}

internal sealed class WorkItemMap : IEntityTypeConfiguration<WorkItem>
{
    public void Configure(EntityTypeBuilder<WorkItem> e)
    {
        e.ToTable("kernel_work");
        e.HasKey(w => w.Id);
        e.Property(w => w.Kind).HasMaxLength(60);
        e.Property(w => w.Key).HasMaxLength(200);
        e.HasIndex(w => new { w.Kind, w.Key }).IsUnique();
        e.HasIndex(w => w.Due);
    }
}
