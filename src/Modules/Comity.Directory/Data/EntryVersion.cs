using Comity.Kernel.Data;
using Comity.Protocol;
using Comity.Protocol.Directories;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Comity.Directory.Data;

/// <summary>
/// One version of one participant's entry, exactly as signed. Versions are never deleted: what was sealed, received or
/// signed is judged by the entry of that time.
/// </summary>
[Plumbing("Signed directory documents, the same octets for every follower")]
internal sealed class EntryVersion
{
    /// <summary>The source of an entry that was kept because it shows a participant key revoked.</summary>
    public const string Revocation = "revocation";

    /// <summary>The source of an entry that the participant's own node gave.</summary>
    public const string FromNode = "node";

    private EntryVersion() { }

    public EntryVersion(Guid id, CheckedEntry entry, string source, DateTime firstSeen)
    {
        Id = id;
        Participant = entry.Core.Code;
        Sequence = entry.Source.Value.Sequence;
        Digest = entry.Source.Digest;
        Fingerprint = entry.Fingerprint;
        ValidUntil = entry.Source.Value.ValidUntil;
        Octets = entry.Source.Octets.ToArray();
        Source = source;
        FirstSeen = firstSeen;
    }

    public Guid Id { get; private set; }

    public ParticipantCode Participant { get; private set; }

    public long Sequence { get; private set; }

    public Digest Digest { get; private set; }

    /// <summary>Fingerprint of the participant key that stands in it.</summary>
    public string Fingerprint { get; private set; } = "";

    public DateTime ValidUntil { get; private set; }

    public byte[] Octets { get; private set; } = [];

    /// <summary>Where it was seen first: <c>own</c>, <c>directory:QZ</c>, <c>node</c>, <c>admitted</c>, <c>revocation</c>.</summary>
    public string Source { get; private set; } = "";

    /// <summary>It shows the participant key revoked, and is found by that from now on; our own is found anyhow.</summary>
    public void Revokes() => Source = Source == "own" ? Source : Revocation;

    public DateTime FirstSeen { get; private set; }
}

internal sealed class EntryVersionMap : IEntityTypeConfiguration<EntryVersion>
{
    public void Configure(EntityTypeBuilder<EntryVersion> e)
    {
        e.ToTable("directory_entry");
        e.HasKey(v => v.Id);
        e.Property(v => v.Fingerprint).HasMaxLength(40);
        e.Property(v => v.Source).HasMaxLength(40);
        e.HasIndex(v => v.Digest).IsUnique();
        e.HasIndex(v => new { v.Participant, v.Sequence });
    }
}
