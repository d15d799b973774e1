using Comity.Kernel.Data;
using Comity.Protocol;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Comity.Directory.Data;

/// <summary>
/// A snapshot that was published here or verified from a followed directory. The entries are kept once, by their
/// digests; together with the header they show later what the directory said at that time.
/// </summary>
[Plumbing("Signed directory documents, the same octets for every follower")]
internal sealed class SnapshotRecord
{
    private const int DigestBytes = 32;

    private SnapshotRecord() { }

    public SnapshotRecord(
        Guid id,
        Protocol.Signing.SignedPayload<Protocol.Directories.SnapshotHeader> header,
        ReadOnlyMemory<byte> root,
        ReadOnlyMemory<byte> delegation,
        IEnumerable<Digest> entries,
        DateTime seen
    )
    {
        Id = id;
        Directory = header.Value.Directory;
        Number = header.Value.Number;
        HeaderDigest = header.Digest;
        Created = header.Value.Created;
        Expires = header.Value.Expires;
        Header = header.Octets.ToArray();
        Root = root.ToArray();
        Delegation = delegation.ToArray();
        Entries = [.. entries.SelectMany(d => d.ToOctets())];
        Seen = seen;
    }

    public Guid Id { get; private set; }

    public ParticipantCode Directory { get; private set; }

    public long Number { get; private set; }

    public Digest HeaderDigest { get; private set; }

    public DateTime Created { get; private set; }

    public DateTime Expires { get; private set; }

    public byte[] Root { get; private set; } = [];

    public byte[] Delegation { get; private set; } = [];

    public byte[] Header { get; private set; } = [];

    /// <summary>Digests of the entries, 32 octets each, in the order of the snapshot.</summary>
    public byte[] Entries { get; private set; } = [];

    public DateTime Seen { get; private set; }

    public IReadOnlyList<Digest> EntryDigests() =>
        [.. Entries.Chunk(DigestBytes).Select(octets => Digest.FromOctets(octets))];
}

internal sealed class SnapshotRecordMap : IEntityTypeConfiguration<SnapshotRecord>
{
    public void Configure(EntityTypeBuilder<SnapshotRecord> e)
    {
        e.ToTable("directory_snapshot");
        e.HasKey(s => s.Id);
        e.HasIndex(s => s.HeaderDigest).IsUnique();
        e.HasIndex(s => new { s.Directory, s.Number });
    }
}
