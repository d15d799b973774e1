using Comity.Protocol;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Comity.Kernel.Data;

/// <summary>
/// Who may see something. Kept as a number (interned), so that one comparison serves queries, search, export and
/// caches alike. An empty list of participants is nobody, never everybody.
/// </summary>
/// <param name="Key">Canonical text.</param>
public sealed record Audience(string Key)
{
    /// <summary>Negative, because a database counts its own numbers from 1.</summary>
    public const int PublicId = -1;

    public static Audience Public { get; } = new("public");

    public static Audience AllParticipants { get; } = new("participants");

    public static Audience Own(ParticipantCode participant) => new($"own:{participant}");

    public static Audience Office(OfficeName office) => new($"office:{office}");

    public static Audience OfficesOfKind(string kind) => new($"kind:{kind}");

    public static Audience Named(IEnumerable<ParticipantCode> participants) =>
        new(
            "named:" + string.Join(',', participants.Select(p => p.ToString()).Distinct().Order(StringComparer.Ordinal))
        );

    /// <summary>The participants of a named audience; empty for the other kinds.</summary>
    public IEnumerable<string> Members =>
        Key.StartsWith("named:", StringComparison.Ordinal)
            ? Key["named:".Length..].Split(',', StringSplitOptions.RemoveEmptyEntries)
            : [];
}

[Plumbing("The list of audiences names no content")]
internal sealed class AudienceRow
{
    public int Id { get; init; }
    public string Key { get; init; } = "";
}

internal sealed class AudienceMap : IEntityTypeConfiguration<AudienceRow>
{
    public void Configure(EntityTypeBuilder<AudienceRow> e)
    {
        e.ToTable("kernel_audience");
        e.HasKey(a => a.Id);
        e.Property(a => a.Id).ValueGeneratedOnAdd();
        e.Property(a => a.Key).HasMaxLength(2000);
        e.HasIndex(a => a.Key).IsUnique();
        e.HasData(new AudienceRow { Id = Audience.PublicId, Key = Audience.Public.Key });
    }
}
