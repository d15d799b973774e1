using Comity.Kernel.Data;
using Comity.Protocol;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Comity.Directory.Data;

/// <summary>A directory that this node follows, pinned by the digest of its root.</summary>
[Plumbing("Public documents of a directory, and when they were fetched")]
internal sealed class FollowedDirectory : IVersioned
{
    private FollowedDirectory() { }

    public FollowedDirectory(Guid id, Uri url, Digest root, ParticipantCode code, DateTime since)
    {
        Id = id;
        Url = url.AbsoluteUri;
        Root = root;
        Code = code;
        Since = since;
    }

    public Guid Id { get; private set; }

    /// <summary>Base URL of the manager's node.</summary>
    public string Url { get; private set; } = "";

    /// <summary>The pinned digest of the root's exact octets.</summary>
    public Digest Root { get; private set; }

    /// <summary>The participant that manages it.</summary>
    public ParticipantCode Code { get; private set; }

    public DateTime Since { get; private set; }

    /// <summary>Number of the newest accepted snapshot; 0 before the first.</summary>
    public long Number { get; private set; }

    /// <summary>Digest of the signed header of that snapshot.</summary>
    public Digest? Header { get; private set; }

    public DateTime? Expires { get; private set; }

    public DateTime? LastPoll { get; private set; }

    /// <summary>When a snapshot was last fetched and accepted.</summary>
    public DateTime? LastGoodPoll { get; private set; }

    /// <summary>Why the last poll brought nothing: a stable code; null where it was good.</summary>
    public string? Problem { get; private set; }

    public long Version { get; set; }

    public void Accepted(long number, Digest header, DateTime expires, DateTime now)
    {
        Number = number;
        Header = header;
        Expires = expires;
        LastPoll = LastGoodPoll = now;
        Problem = null;
    }

    public void Failed(string problem, DateTime now)
    {
        LastPoll = now;
        Problem = problem;
    }
}

/// <summary>What is held of one participant from one followed directory.</summary>
[Plumbing("Names which public entry is in use")]
internal sealed class FollowedEntry
{
    private FollowedEntry() { }

    public FollowedEntry(Guid followed, ParticipantCode participant)
    {
        FollowedId = followed;
        Participant = participant;
    }

    public Guid FollowedId { get; private set; }

    public ParticipantCode Participant { get; private set; }

    /// <summary>The entry in use.</summary>
    public Digest Current { get; private set; }

    /// <summary>A valid entry under another participant key, which waits for a person.</summary>
    public Digest? Pending { get; private set; }

    /// <summary>Whether the newest snapshot lists the participant.</summary>
    public bool Listed { get; private set; }

    /// <returns>Whether it said something else before.</returns>
    public bool Hold(Digest current, Digest? pending, bool listed)
    {
        var changed = Current != current || Pending != pending || Listed != listed;
        Current = current;
        Pending = pending;
        Listed = listed;
        return changed;
    }
}

internal sealed class FollowedMap : IEntityTypeConfiguration<FollowedDirectory>, IEntityTypeConfiguration<FollowedEntry>
{
    public void Configure(EntityTypeBuilder<FollowedDirectory> e)
    {
        e.ToTable("directory_followed");
        e.HasKey(f => f.Id);
        e.Property(f => f.Url).HasMaxLength(300);
        e.Property(f => f.Problem).HasMaxLength(80);
        e.HasIndex(f => f.Root).IsUnique();
    }

    public void Configure(EntityTypeBuilder<FollowedEntry> e)
    {
        e.ToTable("directory_followed_entry");
        e.HasKey(f => new { f.FollowedId, f.Participant });
        e.HasOne<FollowedDirectory>().WithMany().HasForeignKey(f => f.FollowedId).OnDelete(DeleteBehavior.Cascade);
    }
}
