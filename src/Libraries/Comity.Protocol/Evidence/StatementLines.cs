using System.Globalization;
using Comity.Protocol.Directories;
using Comity.Protocol.Messages;
using Comity.Protocol.Signing;

namespace Comity.Protocol.Evidence;

/// <summary>The lines on dispatch statements: who said that a message was made, and what it refers to.</summary>
internal static class StatementLines
{
    public static IReadOnlyList<DispatchStatement> Verify(
        EvidenceFile file,
        IReadOnlyList<CheckedEntry> entries,
        List<EvidenceLine> lines
    )
    {
        var signed = new List<(string Item, DispatchStatement Statement)>();
        for (var i = 0; i < file.Statements.Count; i++)
        {
            var item = EvidenceVerifier.At("statements", i);
            var reading = SignedDocuments.ReadStatement(file.Statements[i]);
            var fault = reading.IsGood ? FaultOf(reading.Value, file, entries) : Unreadable;
            if (fault is { } found)
            {
                var text = reading.IsGood ? EvidenceVerifier.Describe(reading.Value.Value) : "A dispatch statement.";
                lines.Add(new EvidenceLine(EvidenceVerdict.Failed, item, text, found.Code, found.Reason));
            }
            else
            {
                signed.Add((item, reading.Value!.Value));
            }
        }

        var good = signed.ConvertAll(one => one.Statement);
        lines.AddRange(signed.Select(one => Line(one.Item, one.Statement, good)));
        lines.AddRange(ChainLines(good));
        return good;
    }

    private static (string Code, string Reason) Unreadable { get; } =
        ("statement-unreadable", "It is not a dispatch statement in its only form. It was changed.");

    private static (string Code, string Reason)? FaultOf(
        SignedPayload<DispatchStatement> signed,
        EvidenceFile file,
        IReadOnlyList<CheckedEntry> entries
    )
    {
        var statement = signed.Value;
        if (statement.Conversation != file.Conversation || statement.Record != file.Record)
        {
            return (
                "other-conversation",
                "It belongs to another conversation or to another record than the file says."
            );
        }

        if (statement.Exercise != file.Exercise)
        {
            return ("exercise-disagrees", "It does not agree with the file on whether this is an exercise.");
        }

        var offices = entries
            .Select(entry => entry.OfficeCertificate(statement.From))
            .OfType<OpenPgp.Certificate>()
            .ToList();
        if (offices.Count == 0)
        {
            return (
                "office-unknown",
                $"No trusted entry in the file has a key for {statement.From}. Ask for a file with the entry, or complete the trust file."
            );
        }

        var signers = offices.FindAll(office => signed.Document.Verify(office) is { IsGood: true });
        if (signers.Count == 0)
        {
            return (
                "signature-bad",
                $"The office key of {statement.From} did not sign this, or its key could not be used at that time."
            );
        }

        // A maker of evidence may show an older entry beside the one that revokes: what was shown once counts.
        var compromised = offices.FindAll(IsCompromised).ConvertAll(office => office.Fingerprint);
        return signers.Exists(office => !compromised.Contains(office.Fingerprint))
            ? null
            : (
                "key-compromised",
                $"An entry in the file shows this key of {statement.From} revoked as compromised: whoever has it can sign with any date."
            );
    }

    private static bool IsCompromised(OpenPgp.Certificate office) =>
        office.Standing(OpenPgp.KeyUse.Certify, DateTime.MaxValue) == OpenPgp.KeyStanding.RevokedCompromised;

    private static EvidenceLine Line(string item, DispatchStatement statement, List<DispatchStatement> good)
    {
        var what = EvidenceVerifier.Describe(statement);
        var when = $"made {Instants.Write(statement.Created)} by its own clock";
        var parent = good.Find(other => other.MessageDigest == statement.InReplyTo?.Digest);
        if (statement.InReplyTo is { } reference && (parent is null || parent.Message != reference.Id))
        {
            return new EvidenceLine(
                EvidenceVerdict.Failed,
                item,
                what,
                "reply-to-nothing-shown",
                "It refers to a message that no statement in the file shows. Ask for a complete file."
            );
        }

        if (statement.Form is not { } form)
        {
            return new EvidenceLine(
                EvidenceVerdict.Proven,
                item,
                $"{statement.From} signed for {statement.To}: {what}, {when}."
            );
        }

        if (
            parent is null
            || !good.Exists(other => other.MessageDigest == parent.MessageDigest && other.To == statement.From)
        )
        {
            return new EvidenceLine(
                EvidenceVerdict.Failed,
                item,
                what,
                "acknowledged-by-another",
                $"{statement.From} acknowledges a message that was not sent to it."
            );
        }

        var said =
            form == AcknowledgementForm.Acknowledged
                ? "a person acknowledged"
                : "a person has it and this is not the right office for";
        return new EvidenceLine(
            EvidenceVerdict.Proven,
            item,
            $"{statement.From.Participant}'s office {statement.From} states that {said} {EvidenceVerifier.Describe(parent!)}; {when}. "
                + FixedStatements.ReceiptOnly.English
        );
    }

    private static IEnumerable<EvidenceLine> ChainLines(List<DispatchStatement> statements) =>
        from chain in statements.GroupBy(statement => (statement.From, statement.To)).OrderBy(chain => chain.Key)
        select ChainLine(chain.Key.From, chain.Key.To, [.. chain.OrderBy(statement => statement.Chain.Sequence)]);

    private static EvidenceLine ChainLine(OfficeName from, OfficeName to, IReadOnlyList<DispatchStatement> chain)
    {
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"{chain.Count} messages from {from} to {to}, without a gap up to the last one shown."
        );
        Digest? previous = null;
        for (var i = 0; i < chain.Count; i++)
        {
            if (chain[i].Chain.Sequence != i + 1 || chain[i].Chain.Previous != previous)
            {
                return new EvidenceLine(
                    EvidenceVerdict.Failed,
                    "statements",
                    $"What {from} sent to {to}.",
                    "chain-broken",
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"Message {i + 1} of this chain is missing, doubled, or does not follow the one before. Ask for a complete file."
                    )
                );
            }

            previous = chain[i].MessageDigest;
        }

        return new EvidenceLine(EvidenceVerdict.Proven, "statements", text);
    }
}
