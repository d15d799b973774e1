using Comity.Kernel.Data;
using Comity.Protocol;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Comity.Directory.Data;

/// <summary>
/// A participant that this node serves. What its offline key vouched for is kept, so that the entry key can sign the
/// same core again when the entry is about to end.
/// </summary>
[Plumbing("Signed and public: the node serves exactly this to everybody who asks")]
internal sealed class HomeParticipant : IVersioned
{
    private HomeParticipant() { }

    public HomeParticipant(ParticipantCode code, string fingerprint, DateTime created)
    {
        Code = code;
        Fingerprint = fingerprint;
        Created = created;
    }

    public ParticipantCode Code { get; private set; }

    /// <summary>Fingerprint of the participant key, whose secret is not here.</summary>
    public string Fingerprint { get; private set; } = "";

    public DateTime Created { get; private set; }

    public byte[] Certificate { get; private set; } = [];

    public byte[] Core { get; private set; } = [];

    public byte[] CoreCertification { get; private set; } = [];

    /// <summary>Sequence of the newest signed entry.</summary>
    public long Sequence { get; private set; }

    /// <summary>Digest of the newest signed entry.</summary>
    public Digest Entry { get; private set; }

    public DateTime ValidUntil { get; private set; }

    public long Version { get; set; }

    /// <summary>Whether an entry has the keys, the node and the offices of the newest one: then it only goes on for longer.</summary>
    public bool SaysTheSameAs(Protocol.Directories.Entry entry) =>
        entry.Core.Span.SequenceEqual(Core) && entry.Certificate.Span.SequenceEqual(Certificate);

    /// <summary>Takes a newly signed entry in; the octets are kept as an <see cref="EntryVersion"/>.</summary>
    public void Signed(Protocol.Signing.SignedPayload<Protocol.Directories.Entry> entry)
    {
        Certificate = entry.Value.Certificate.ToArray();
        Core = entry.Value.Core.ToArray();
        CoreCertification = entry.Value.CoreCertification.ToArray();
        Sequence = entry.Value.Sequence;
        Entry = entry.Digest;
        ValidUntil = entry.Value.ValidUntil;
    }
}

internal sealed class HomeParticipantMap : IEntityTypeConfiguration<HomeParticipant>
{
    public void Configure(EntityTypeBuilder<HomeParticipant> e)
    {
        e.ToTable("directory_home");
        e.HasKey(h => h.Code);
        e.Property(h => h.Fingerprint).HasMaxLength(40);
    }
}
