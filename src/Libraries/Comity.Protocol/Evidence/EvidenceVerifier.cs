using System.Globalization;
using Comity.Protocol.Signing;

namespace Comity.Protocol.Evidence;

/// <summary>
/// Checks an evidence file offline, line by line: entries up to a trusted participant key or directory root,
/// statements by office keys, receipts by node keys, and how they hang together.
/// </summary>
public static class EvidenceVerifier
{
    /// <summary>Verifies the exact octets of a file.</summary>
    public static EvidenceReport Verify(ReadOnlyMemory<byte> octets, TrustFile trust)
    {
        var reading = EvidenceFile.Read(octets);
        if (!reading.IsGood)
        {
            return new EvidenceReport([
                new EvidenceLine(
                    EvidenceVerdict.Failed,
                    reading.Fault.Path,
                    "The file can be read.",
                    "unreadable",
                    $"The file is not an evidence file of this version ({reading.Fault.Code}). It is damaged or was "
                        + "changed; ask whoever gave it to you for it again."
                ),
            ]);
        }

        var file = reading.Value;
        var lines = new List<EvidenceLine> { FileLine(file) };
        var entries = EntryLines.Verify(file, trust, lines);
        var statements = StatementLines.Verify(file, entries, lines);
        ReceiptLines.Verify(file, entries, statements, lines);
        if (statements.Count == 0)
        {
            lines.Add(
                new EvidenceLine(
                    EvidenceVerdict.Failed,
                    "statements",
                    "At least one message is shown.",
                    "nothing-shown",
                    "No dispatch statement in the file holds, so it shows nothing about any message."
                )
            );
        }

        return new EvidenceReport(lines);
    }

    internal static string At(string list, int index) =>
        string.Create(CultureInfo.InvariantCulture, $"{list}[{index}]");

    private static EvidenceLine FileLine(EvidenceFile file)
    {
        var exercise = file.Exercise ? "EXERCISE. " : "";
        var text = $"{exercise}Conversation {file.Conversation}, record {file.Record.Code()}.";
        return file.IsAsWritten
            ? new EvidenceLine(
                EvidenceVerdict.Claimed,
                "",
                $"{text} The file is as its maker wrote it, at {Instants.Write(file.Made)} by the maker's clock."
            )
            : new EvidenceLine(
                EvidenceVerdict.Failed,
                "digest",
                text,
                "file-changed",
                "The file was changed after it was written: its content is not that of the digest in it. Ask whoever "
                    + "gave it to you for it again. The lines below say what still holds."
            );
    }

    internal static string Describe(DispatchStatement statement) =>
        $"{statement.Kind.Code()} {statement.Message} ({statement.MessageDigest})";
}
