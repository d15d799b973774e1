using Comity.OpenPgp;
using Comity.Protocol.Signing;

namespace Comity.Protocol.Directories;

/// <summary>Signs and reads entries, delegations and snapshot headers; writes and reads roots. Reading checks the form only.</summary>
public static class DirectoryDocuments
{
    /// <summary>The notation with which a participant key vouches for the digest of an entry core.</summary>
    public const string CoreNotation = "core@comity.invalid";

    /// <summary>The notation with which an old participant key names the fingerprint of its successor.</summary>
    public const string SuccessorNotation = "successor@comity.invalid";

    private const int MaxEntry = 640 * 1024;
    private const int MaxCertificate = 64 * 1024;
    private const int MaxStatement = 4096;
    private const int MaxRoots = 16;

    /// <summary>Signs an entry with the participant's entry key.</summary>
    public static SignedPayload<Entry> Sign(Entry entry, SecretKey entryKey, DateTime at) =>
        SignedDocuments.Seal(entry, DocumentTypes.Entry, Write(entry), entryKey, at);

    /// <summary>Signs a delegation with some of the root keys.</summary>
    public static SignedPayload<DirectoryDelegation> Sign(
        DirectoryDelegation delegation,
        IEnumerable<SecretKey> roots,
        DateTime at
    )
    {
        var document = new SignedDocument(DocumentTypes.DirectoryDelegation, Write(delegation), []);
        return SignedDocuments.Keep(delegation, roots.Aggregate(document, (signed, root) => signed.SignedBy(root, at)));
    }

    /// <summary>Signs the header of a snapshot with the directory key.</summary>
    public static SignedPayload<SnapshotHeader> Sign(SnapshotHeader header, SecretKey directoryKey, DateTime at) =>
        SignedDocuments.Seal(header, DocumentTypes.Snapshot, Write(header), directoryKey, at);

    /// <summary>Reads a signed entry.</summary>
    public static Reading<SignedPayload<Entry>> ReadEntry(ReadOnlyMemory<byte> octets) =>
        SignedDocuments.Read(octets, DocumentTypes.Entry, MaxEntry, ReadEntry);

    /// <summary>Reads a signed delegation.</summary>
    public static Reading<SignedPayload<DirectoryDelegation>> ReadDelegation(ReadOnlyMemory<byte> octets) =>
        SignedDocuments.Read(octets, DocumentTypes.DirectoryDelegation, MaxCertificate * 2, ReadDelegation);

    /// <summary>Reads a signed snapshot header.</summary>
    public static Reading<SignedPayload<SnapshotHeader>> ReadHeader(ReadOnlyMemory<byte> octets) =>
        SignedDocuments.Read(octets, DocumentTypes.Snapshot, MaxStatement, ReadHeader);

    /// <summary>Writes a root. Followers pin the digest of exactly these octets.</summary>
    public static byte[] Write(DirectoryRoot root) =>
        JsonText.Write(writer =>
        {
            writer.Text("directory", root.Directory.Value);
            writer.WriteNumber("threshold", root.Threshold);
            writer.Texts("certificates", root.Certificates.Select(Base64));
            writer.Instant("created", root.Created);
        });

    /// <summary>Reads a root.</summary>
    public static Reading<DirectoryRoot> ReadRoot(ReadOnlyMemory<byte> octets) =>
        StrictJson.Read(octets, MaxRoots * MaxCertificate * 2, ReadRoot);

    internal static byte[] Write(Entry entry) =>
        JsonText.Write(writer =>
        {
            writer.Text("code", entry.Code.Value);
            writer.WriteNumber("sequence", entry.Sequence);
            writer.Text("previous", entry.Previous?.Value);
            writer.Instant("issued", entry.Issued);
            writer.Instant("validUntil", entry.ValidUntil);
            writer.Octets("certificate", entry.Certificate);
            writer.Octets("core", entry.Core);
            writer.Octets("coreCertification", entry.CoreCertification);
            if (entry.Succession is { } succession)
            {
                writer.Object(
                    "succession",
                    () =>
                    {
                        writer.Octets("oldCertificate", succession.OldCertificate);
                        writer.Octets("statement", succession.Statement);
                    }
                );
            }

            writer.Objects(
                "sections",
                entry.Sections,
                section =>
                {
                    writer.Text("name", section.Name);
                    writer.Text("audience", section.Audience);
                    writer.Text("digest", section.Digest.Value);
                }
            );
        });

    private static byte[] Write(DirectoryDelegation delegation) =>
        JsonText.Write(writer =>
        {
            writer.Text("directory", delegation.Directory.Value);
            writer.Text("root", delegation.Root.Value);
            writer.Octets("certificate", delegation.Certificate);
            writer.Instant("from", delegation.From);
            writer.Instant("until", delegation.Until);
        });

    private static byte[] Write(SnapshotHeader header) =>
        JsonText.Write(writer =>
        {
            writer.Text("directory", header.Directory.Value);
            writer.WriteNumber("number", header.Number);
            writer.Text("previous", header.Previous?.Value);
            writer.Instant("created", header.Created);
            writer.Instant("expires", header.Expires);
            writer.WriteNumber("count", header.Count);
            writer.Text("entries", header.Entries.Value);
        });

    private static Entry ReadEntry(JsonFields fields)
    {
        var entry = new Entry
        {
            Code = fields.Parsed<ParticipantCode>("code", ParticipantCode.TryParse),
            Sequence = fields.Whole("sequence", 1, int.MaxValue),
            Previous = fields.ParsedOrNull<Digest>("previous", Digest.TryParse),
            Issued = fields.Instant("issued"),
            ValidUntil = fields.Instant("validUntil"),
            Certificate = fields.Octets("certificate", MaxCertificate),
            Core = fields.Octets("core", EntryCoreJson.MaxOctets),
            CoreCertification = fields.Octets("coreCertification", MaxStatement),
            Succession = fields.ObjectOrNull(
                "succession",
                succession => new Succession(
                    succession.Octets("oldCertificate", MaxCertificate),
                    succession.Octets("statement", MaxStatement)
                )
            ),
            Sections = fields.Objects(
                "sections",
                50,
                section => new SectionDigest(
                    section.Text("name", 60),
                    section.Text("audience", 100),
                    section.Parsed<Digest>("digest", Digest.TryParse)
                )
            ),
        };
        RequireLink(fields, entry.Sequence, entry.Previous);
        RequireOrder(fields, entry.Issued, entry.ValidUntil, "validUntil");
        return entry;
    }

    private static DirectoryDelegation ReadDelegation(JsonFields fields)
    {
        var delegation = new DirectoryDelegation
        {
            Directory = fields.Parsed<ParticipantCode>("directory", ParticipantCode.TryParse),
            Root = fields.Parsed<Digest>("root", Digest.TryParse),
            Certificate = fields.Octets("certificate", MaxCertificate),
            From = fields.Instant("from"),
            Until = fields.Instant("until"),
        };
        RequireOrder(fields, delegation.From, delegation.Until, "until");
        return delegation;
    }

    private static SnapshotHeader ReadHeader(JsonFields fields)
    {
        var header = new SnapshotHeader
        {
            Directory = fields.Parsed<ParticipantCode>("directory", ParticipantCode.TryParse),
            Number = fields.Whole("number", 1, int.MaxValue),
            Previous = fields.ParsedOrNull<Digest>("previous", Digest.TryParse),
            Created = fields.Instant("created"),
            Expires = fields.Instant("expires"),
            Count = (int)fields.Whole("count", 0, SnapshotFile.MaxEntries),
            Entries = fields.Parsed<Digest>("entries", Digest.TryParse),
        };
        RequireLink(fields, header.Number, header.Previous);
        RequireOrder(fields, header.Created, header.Expires, "expires");
        return header;
    }

    private static DirectoryRoot ReadRoot(JsonFields fields)
    {
        var root = new DirectoryRoot
        {
            Directory = fields.Parsed<ParticipantCode>("directory", ParticipantCode.TryParse),
            Threshold = (int)fields.Whole("threshold", 1, MaxRoots),
            Certificates = fields.OctetsList("certificates", MaxRoots, MaxCertificate),
            Created = fields.Instant("created"),
        };
        if (root.Threshold > root.Certificates.Count)
        {
            fields.Fault(MalformationCode.BadValue, "threshold");
        }

        return root;
    }

    private static void RequireLink(JsonFields fields, long number, Digest? previous)
    {
        if ((number == 1) != (previous is null))
        {
            fields.Fault(MalformationCode.BadValue, "previous");
        }
    }

    private static void RequireOrder(JsonFields fields, DateTime from, DateTime until, string name)
    {
        if (until <= from)
        {
            fields.Fault(MalformationCode.BadValue, name);
        }
    }

    private static string Base64(ReadOnlyMemory<byte> octets) =>
        System.Buffers.Text.Base64Url.EncodeToString(octets.Span);
}
