namespace Comity.Protocol.Directories;

/// <summary>
/// The file of a snapshot: <c>{"root":…,"delegation":…,"header":…,"entries":[…]}</c>, each document in it with its
/// exact octets.
/// </summary>
public static class SnapshotFile
{
    /// <summary>The most entries that a snapshot may have.</summary>
    public const int MaxEntries = 5000;

    /// <summary>The most octets that a snapshot may have.</summary>
    public const int MaxOctets = 64 * 1024 * 1024;

    /// <summary>Writes a snapshot.</summary>
    public static byte[] Write(Snapshot snapshot) =>
        JsonText.Write(writer =>
        {
            writer.Exact("root", snapshot.Root);
            writer.Exact("delegation", snapshot.Delegation);
            writer.Exact("header", snapshot.Header);
            writer.ExactList("entries", snapshot.Entries);
        });

    /// <summary>Reads a snapshot; what it says is for <see cref="Following"/> to judge.</summary>
    public static Reading<Snapshot> Read(ReadOnlyMemory<byte> octets) =>
        StrictJson.Read(
            octets,
            MaxOctets,
            fields => new Snapshot(
                fields.ExactObject("root"),
                fields.ExactObject("delegation"),
                fields.ExactObject("header"),
                fields.Exact("entries", MaxEntries)
            )
        );

    /// <summary>The digest over entries that a header names.</summary>
    public static Digest DigestOf(IEnumerable<ReadOnlyMemory<byte>> entries) =>
        Digest.Of(entries.SelectMany(entry => Digest.Of(entry.Span).ToOctets()).ToArray());
}
