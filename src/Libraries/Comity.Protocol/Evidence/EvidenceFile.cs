namespace Comity.Protocol.Evidence;

/// <summary>
/// What both sides signed about one conversation, to be checked by a third, offline:
/// <c>{"format":"comity/evidence+v1","digest":…,"content":{…}}</c>. It holds no content of any message. The digest
/// over the exact octets of <c>content</c> finds accidents; what is proven, the signatures in it prove.
/// </summary>
public sealed record EvidenceFile
{
    /// <summary>The format of the file.</summary>
    public const string Format = "comity/evidence+v1";

    private const int MaxOctets = 64 * 1024 * 1024;
    private const int MaxDocuments = 20000;

    /// <summary>The conversation.</summary>
    public required ConversationId Conversation { get; init; }

    /// <summary>The record that it leaves.</summary>
    public required RecordMode Record { get; init; }

    /// <summary>Whether it is an exercise.</summary>
    public required bool Exercise { get; init; }

    /// <summary>When the file was made, by the clock of its maker; UTC.</summary>
    public required DateTime Made { get; init; }

    /// <summary>Directories that vouch for the entries.</summary>
    public IReadOnlyList<EvidenceDirectory> Directories { get; init; } = [];

    /// <summary>Exact octets of the signed directory entries of the parties.</summary>
    public required IReadOnlyList<ReadOnlyMemory<byte>> Entries { get; init; }

    /// <summary>Exact octets of the signed dispatch statements.</summary>
    public required IReadOnlyList<ReadOnlyMemory<byte>> Statements { get; init; }

    /// <summary>Exact octets of the signed receipts.</summary>
    public required IReadOnlyList<ReadOnlyMemory<byte>> Receipts { get; init; }

    /// <summary>Whether the digest in the file is that of its content; false only for a file that was read.</summary>
    public bool IsAsWritten { get; private init; } = true;

    /// <summary>Writes the file.</summary>
    public byte[] ToJson()
    {
        var content = JsonText.Write(writer =>
        {
            writer.Text("conversation", Conversation.ToString());
            writer.Text("record", Record.Code());
            writer.Flag("exercise", Exercise);
            writer.Instant("made", Made);
            writer.Objects(
                "directories",
                Directories,
                directory =>
                {
                    writer.Exact("root", directory.Root);
                    writer.Exact("delegation", directory.Delegation);
                    writer.Exact("header", directory.Header);
                    writer.Texts("entries", directory.Entries.Select(entry => entry.Value));
                }
            );
            writer.ExactList("entries", Entries);
            writer.ExactList("statements", Statements);
            writer.ExactList("receipts", Receipts);
        });
        return JsonText.Write(writer =>
        {
            writer.Text("format", Format);
            writer.Text("digest", Digest.Of(content).Value);
            writer.Exact("content", content);
        });
    }

    /// <summary>Reads a file; what it proves is for <see cref="EvidenceVerifier"/> to say.</summary>
    public static Reading<EvidenceFile> Read(ReadOnlyMemory<byte> octets) =>
        StrictJson.Read(octets, MaxOctets, ReadOuter);

    private static EvidenceFile ReadOuter(JsonFields fields)
    {
        if (fields.Text("format", 60) != Format)
        {
            fields.Fault(MalformationCode.UnknownVersion, "format");
        }

        var digest = fields.Parsed<Digest>("digest", Digest.TryParse);
        var isAsWritten = Digest.Of(fields.ExactObject("content").Span) == digest;
        var file = fields.Object("content", ReadContent);
        return file is null ? null! : file with { IsAsWritten = isAsWritten };
    }

    private static EvidenceFile ReadContent(JsonFields fields) =>
        new()
        {
            Conversation = fields.Parsed<ConversationId>("conversation", ConversationId.TryParse),
            Record = fields.Parsed<RecordMode>("record", Codes.TryRead),
            Exercise = fields.Flag("exercise"),
            Made = fields.Instant("made"),
            Directories = fields.Objects(
                "directories",
                16,
                directory => new EvidenceDirectory(
                    directory.ExactObject("root"),
                    directory.ExactObject("delegation"),
                    directory.ExactObject("header"),
                    directory.ParsedList<Digest>(
                        "entries",
                        Comity.Protocol.Directories.SnapshotFile.MaxEntries,
                        Digest.TryParse
                    )
                )
            ),
            Entries = fields.Exact("entries", MaxDocuments),
            Statements = fields.Exact("statements", MaxDocuments),
            Receipts = fields.Exact("receipts", MaxDocuments),
        };
}

/// <summary>What shows that a directory listed certain entries, without the other entries themselves.</summary>
/// <param name="Root">Exact octets of the root.</param>
/// <param name="Delegation">Exact octets of the signed delegation.</param>
/// <param name="Header">Exact octets of the signed snapshot header.</param>
/// <param name="Entries">Digests of all signed entries of that snapshot, in their order.</param>
public sealed record EvidenceDirectory(
    ReadOnlyMemory<byte> Root,
    ReadOnlyMemory<byte> Delegation,
    ReadOnlyMemory<byte> Header,
    IReadOnlyList<Digest> Entries
);
