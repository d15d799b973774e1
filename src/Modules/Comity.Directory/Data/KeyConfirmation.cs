using Comity.Kernel.Data;
using Comity.Protocol;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Comity.Directory.Data;

/// <summary>
/// A person says that they compared the fingerprint of a participant key with somebody of that participant, out of
/// band. Two different persons make it confirmed.
/// </summary>
[Plumbing("Who of this node compared a public fingerprint")]
internal sealed class KeyConfirmation
{
    private KeyConfirmation() { }

    public KeyConfirmation(Guid id, ParticipantCode participant, string fingerprint, string by, DateTime at)
    {
        Id = id;
        Participant = participant;
        Fingerprint = fingerprint;
        By = by;
        At = at;
    }

    public Guid Id { get; private set; }

    public ParticipantCode Participant { get; private set; }

    public string Fingerprint { get; private set; } = "";

    /// <summary>The name of the person.</summary>
    public string By { get; private set; } = "";

    public DateTime At { get; private set; }
}

internal sealed class KeyConfirmationMap : IEntityTypeConfiguration<KeyConfirmation>
{
    public void Configure(EntityTypeBuilder<KeyConfirmation> e)
    {
        e.ToTable("directory_confirmation");
        e.HasKey(c => c.Id);
        e.Property(c => c.Fingerprint).HasMaxLength(40);
        e.Property(c => c.By).HasMaxLength(100);
        e.HasIndex(c => new
            {
                c.Participant,
                c.Fingerprint,
                c.By,
            })
            .IsUnique();
    }
}
