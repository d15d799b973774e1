using Comity.Kernel.Data;
using Comity.Protocol;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Comity.Exchange.Data;

/// <summary>Something that a person of an office must see although no message carries it. Ids, codes and digests only.</summary>
internal sealed class Alarm : ISeen
{
    private Alarm() { }

    public Alarm(Guid id, int audienceId, OfficeName home, string code, DateTime at)
    {
        Id = id;
        AudienceId = audienceId;
        Home = home;
        Code = code;
        At = at;
    }

    public Guid Id { get; private set; }

    public int AudienceId { get; private set; }

    public OfficeName Home { get; private set; }

    /// <summary>What happened: a code that the pages put into words.</summary>
    public string Code { get; private set; } = "";

    public DateTime At { get; private set; }

    /// <summary>The other office, as far as it is proven who it is.</summary>
    public OfficeName? Other { get; init; }

    public MessageId? MessageId { get; init; }

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
    }
}
