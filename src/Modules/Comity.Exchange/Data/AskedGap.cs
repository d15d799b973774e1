using Comity.Kernel.Data;
using Comity.Protocol;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Comity.Exchange.Data;

/// <summary>
/// Messages of another office that are missing here, and for which its node was asked. The row is there as long as they
/// are missing; when other ones are missing, asking begins anew.
/// </summary>
internal sealed class AskedGap : IPartOf<Conversation>
{
    private AskedGap() { }

    public AskedGap(Guid id, Conversation whole, OfficeName author)
    {
        Id = id;
        ConversationRow = whole.Id;
        AudienceId = whole.AudienceId;
        Author = author;
    }

    public Guid Id { get; private set; }

    public Guid ConversationRow { get; private set; }

    public int AudienceId { get; private set; }

    /// <summary>Whose messages.</summary>
    public OfficeName Author { get; private set; }

    /// <summary>The lowest place that is missing.</summary>
    public long Lowest { get; private set; }

    /// <summary>How often their node was asked.</summary>
    public int Times { get; private set; }

    /// <summary>When it was asked last.</summary>
    public DateTime Latest { get; private set; }

    /// <summary>When their node took the newest request; null where it has not.</summary>
    public DateTime? Taken { get; private set; }

    public void Ask(long lowest, DateTime at)
    {
        Times = lowest == Lowest ? Times + 1 : 1;
        (Lowest, Latest, Taken) = (lowest, at, null);
    }

    public void TakenOver(DateTime at) => Taken ??= at;
}

internal sealed class AskedGapMap : IEntityTypeConfiguration<AskedGap>
{
    public void Configure(EntityTypeBuilder<AskedGap> e)
    {
        e.ToTable("exchange_asked_gap");
        e.HasKey(g => g.Id);
        e.HasOne<Conversation>().WithMany().HasForeignKey(g => g.ConversationRow);
        e.HasIndex(g => new { g.ConversationRow, g.Author }).IsUnique();
    }
}
