using Comity.Kernel.Data;
using Comity.Protocol;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Comity.Exchange.Data;

/// <summary>
/// The rule of once: verified sender, sealed id and own office, written only after every check. The same digest again
/// is a duplicate and gets the stored receipt; another digest is refused. What our own office sent is written here as well
/// where its client gave it the id.
/// </summary>
internal sealed class SeenId : IPartOf<Conversation>
{
    private SeenId() { }

    public SeenId(Guid id, StoredMessage message, OfficeName home)
    {
        Id = id;
        From = message.From;
        MessageId = message.MessageId;
        Home = home;
        Digest = message.Digest;
        MessageRow = message.Id;
        AudienceId = message.AudienceId;
    }

    public Guid Id { get; private set; }

    public OfficeName From { get; private set; }

    public MessageId MessageId { get; private set; }

    public OfficeName Home { get; private set; }

    public Digest Digest { get; private set; }

    public Guid MessageRow { get; private set; }

    public int AudienceId { get; private set; }

    /// <summary>Other content came under this id, and both sides were told; once is enough.</summary>
    public DateTime? Contradicted { get; private set; }

    public void Contradict(DateTime at) => Contradicted ??= at;
}

internal sealed class SeenIdMap : IEntityTypeConfiguration<SeenId>
{
    public void Configure(EntityTypeBuilder<SeenId> e)
    {
        e.ToTable("exchange_seen_id");
        e.HasKey(s => s.Id);
        e.HasIndex(s => new
            {
                s.From,
                s.MessageId,
                s.Home,
            })
            .IsUnique();
    }
}
