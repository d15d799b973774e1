using Comity.Kernel.Data;
using Comity.Protocol;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Comity.Exchange.Data;

/// <summary>
/// Something that a person of an office must see although no message carries it. Ids, codes and digests only. As long as
/// nobody put it aside, the same from the same office is counted here and makes no second row.
/// </summary>
internal sealed class Alarm : ISeen
{
    private Alarm() { }

    public Alarm(Guid id, int audienceId, OfficeName home, OfficeName other, string code, DateTime at)
    {
        Id = id;
        AudienceId = audienceId;
        Home = home;
        Other = other;
        Code = code;
        At = at;
        Latest = at;
        Count = 1;
    }

    public Guid Id { get; private set; }

    public int AudienceId { get; private set; }

    public OfficeName Home { get; private set; }

    /// <summary>What happened: a code that the pages put into words.</summary>
    public string Code { get; private set; } = "";

    /// <summary>The first time.</summary>
    public DateTime At { get; private set; }

    /// <summary>The last time.</summary>
    public DateTime Latest { get; private set; }

    /// <summary>How many envelopes or messages it was about.</summary>
    public int Count { get; private set; }

    /// <summary>The other office; it is proven who it is.</summary>
    public OfficeName Other { get; private set; }

    /// <summary>Of the last one.</summary>
    public MessageId? MessageId { get; init; }

    /// <summary>Of the last one.</summary>
    public Digest? EnvelopeDigest { get; init; }

    /// <summary>True where the other side's node said it; false where we found it.</summary>
    public bool Told { get; init; }

    /// <summary>Put aside by a person.</summary>
    public DateTime? Settled { get; private set; }

    public void Settle(DateTime at) => Settled ??= at;
}

internal sealed class AlarmMap : IEntityTypeConfiguration<Alarm>
{
    public void Configure(EntityTypeBuilder<Alarm> e)
    {
        e.ToTable("exchange_alarm");
        e.HasKey(a => a.Id);
        e.Property(a => a.Code).HasMaxLength(60);
        e.HasIndex(a => new { a.AudienceId, a.Settled });
        e.HasIndex(a => new
            {
                a.Home,
                a.Other,
                a.Code,
                a.Told,
            })
            .IsUnique()
            .HasFilter("\"Settled\" IS NULL");
    }
}
