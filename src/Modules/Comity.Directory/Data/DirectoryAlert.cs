using Comity.Kernel.Data;
using Comity.Protocol;
using Comity.Protocol.Directories;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Comity.Directory.Data;

/// <summary>Something about a followed directory that a person must see. A warning ends when a later poll no longer finds it, an alarm when a person puts it aside.</summary>
[Plumbing("What a directory's public documents showed, and when")]
internal sealed class DirectoryAlert
{
    private DirectoryAlert() { }

    public DirectoryAlert(Guid id, ParticipantCode directory, FollowingAlert alert, DateTime since)
    {
        Id = id;
        Directory = directory;
        Notice = alert.Notice;
        Participant = alert.Code.Value;
        IsAlarm = alert.IsAlarm;
        Since = since;
    }

    public Guid Id { get; private set; }

    public ParticipantCode Directory { get; private set; }

    public FollowingNotice Notice { get; private set; }

    /// <summary>About whom; empty where it is about the directory itself.</summary>
    public string Participant { get; private set; } = "";

    /// <summary>An alarm; otherwise a warning.</summary>
    public bool IsAlarm { get; private set; }

    public DateTime Since { get; private set; }

    public DateTime? Ended { get; private set; }

    public bool Says(FollowingAlert alert) => alert.Notice == Notice && alert.Code.Value == Participant;

    public void End(DateTime now) => Ended ??= now;
}

internal sealed class DirectoryAlertMap : IEntityTypeConfiguration<DirectoryAlert>
{
    public void Configure(EntityTypeBuilder<DirectoryAlert> e)
    {
        e.ToTable("directory_alert");
        e.HasKey(a => a.Id);
        e.Property(a => a.Notice).HasConversion<string>().HasMaxLength(40);
        e.Property(a => a.Participant).HasMaxLength(12);
        e.HasIndex(a => new { a.Directory, a.Ended });
    }
}
