using Comity.Kernel.Data;
using Comity.Protocol;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Comity.Directory.Data;

/// <summary>The directory that this node signs, where its participant is a directory manager.</summary>
[Plumbing("Public documents of a directory")]
internal sealed class ManagedDirectory : IVersioned
{
    private ManagedDirectory() { }

    public ManagedDirectory(ParticipantCode code, byte[] root, DateTime created)
    {
        Code = code;
        Root = root;
        Created = created;
    }

    public ParticipantCode Code { get; private set; }

    public byte[] Root { get; private set; } = [];

    public byte[] Delegation { get; private set; } = [];

    /// <summary>Until when the directory key may sign; UTC.</summary>
    public DateTime DelegatedUntil { get; private set; }

    public DateTime Created { get; private set; }

    /// <summary>Number of the newest published snapshot; 0 before the first.</summary>
    public long Number { get; private set; }

    /// <summary>Digest of the signed header of that snapshot.</summary>
    public Digest? Header { get; private set; }

    public DateTime? Expires { get; private set; }

    public long Version { get; set; }

    public void Delegate(byte[] delegation, DateTime until)
    {
        Delegation = delegation;
        DelegatedUntil = until;
    }

    public void Published(long number, Digest header, DateTime expires)
    {
        Number = number;
        Header = header;
        Expires = expires;
    }
}

/// <summary>A participant whose entry stands in the managed directory.</summary>
[Plumbing("Names which public entry is published")]
internal sealed class AdmittedEntry : IVersioned
{
    private AdmittedEntry() { }

    public AdmittedEntry(ParticipantCode participant, DateTime admitted)
    {
        Participant = participant;
        Admitted = admitted;
    }

    public ParticipantCode Participant { get; private set; }

    public DateTime Admitted { get; private set; }

    /// <summary>The entry in use.</summary>
    public Digest Current { get; private set; }

    /// <summary>A valid entry under another participant key, which waits for a person.</summary>
    public Digest? Pending { get; private set; }

    /// <summary>When its node was last asked for a newer entry, and answered.</summary>
    public DateTime? LastAsked { get; private set; }

    public long Version { get; set; }

    public void Hold(Digest current, Digest? pending)
    {
        Current = current;
        Pending = pending;
    }

    public void Asked(DateTime now) => LastAsked = now;
}

internal sealed class ManagedMap : IEntityTypeConfiguration<ManagedDirectory>, IEntityTypeConfiguration<AdmittedEntry>
{
    public void Configure(EntityTypeBuilder<ManagedDirectory> e)
    {
        e.ToTable("directory_managed");
        e.HasKey(m => m.Code);
    }

    public void Configure(EntityTypeBuilder<AdmittedEntry> e)
    {
        e.ToTable("directory_admitted");
        e.HasKey(a => a.Participant);
    }
}
