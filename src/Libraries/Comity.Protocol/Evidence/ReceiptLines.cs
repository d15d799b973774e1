using Comity.Protocol.Directories;
using Comity.Protocol.Signing;

namespace Comity.Protocol.Evidence;

/// <summary>The lines on receipts: which node said that it has what.</summary>
internal static class ReceiptLines
{
    public static void Verify(
        EvidenceFile file,
        IReadOnlyList<CheckedEntry> entries,
        IReadOnlyList<DispatchStatement> statements,
        List<EvidenceLine> lines
    )
    {
        for (var i = 0; i < file.Receipts.Count; i++)
        {
            lines.Add(Line(EvidenceVerifier.At("receipts", i), file.Receipts[i], entries, statements));
        }
    }

    private static EvidenceLine Line(
        string item,
        ReadOnlyMemory<byte> octets,
        IReadOnlyList<CheckedEntry> entries,
        IReadOnlyList<DispatchStatement> statements
    )
    {
        var reading = SignedDocuments.ReadReceipt(octets);
        if (!reading.IsGood)
        {
            return Failed("A receipt.", "receipt-unreadable", "It is not a receipt in its only form. It was changed.");
        }

        var receipt = reading.Value.Value;
        var text = $"Receipt of the node of {receipt.Office}, level {receipt.Level.Code()}.";
        var grants = NodeKeyGrants
            .Of(entries.Where(entry => entry.Core.Code == receipt.Office.Participant))
            .Where(grant => reading.Value.Document.Signatures.Any(signature => signature.Key == grant.Key.Id))
            .ToList();
        if (grants.Count == 0)
        {
            return Failed(
                text,
                "node-key-unknown",
                $"No trusted entry of {receipt.Office.Participant} in the file names the node key that signed."
            );
        }

        var then = grants.FindAll(grant => grant.CoversTime(receipt.At));
        if (then.Count == 0)
        {
            return Failed(
                text,
                "node-key-not-valid-then",
                "The node key was not delegated at the time of the receipt."
            );
        }

        if (!then.Exists(grant => reading.Value.Document.IsSignedBy(grant.Key)))
        {
            return Failed(text, "signature-bad", "The node did not sign this.");
        }

        if (receipt.Level == ReceiptLevel.Stored)
        {
            return new EvidenceLine(
                EvidenceVerdict.Claimed,
                item,
                $"The node of {receipt.Office} states that it stored an envelope {receipt.EnvelopeDigest} unopened, at {Instants.Write(receipt.At)} by its clock. Nothing signed ties that envelope to a message of this file."
            );
        }

        var statement = statements.FirstOrDefault(other => Matches(receipt, other));
        return statement is null
            ? Failed(
                text,
                "receipt-for-nothing-shown",
                "It names a message that no statement in the file shows in this way. Ask for a complete file."
            )
            : new EvidenceLine(
                EvidenceVerdict.Proven,
                item,
                $"The node of {receipt.Office} states that it opened {EvidenceVerifier.Describe(statement)} and that all checks passed, at {Instants.Write(receipt.At)} by its clock."
            );

        EvidenceLine Failed(string about, string code, string reason) =>
            new(EvidenceVerdict.Failed, item, about, code, reason);
    }

    private static bool Matches(Receipt receipt, DispatchStatement statement) =>
        receipt.MessageDigest == statement.MessageDigest
        && receipt.Message == statement.Message
        && receipt.Office == statement.To
        && receipt.From == statement.From
        && receipt.Exercise == statement.Exercise;
}
