using Comity.Exchange.Proving;
using Comity.Protocol;
using Comity.Protocol.Evidence;

namespace Comity.App.Tests.Exchange;

public sealed class ProvingTests
{
    [Fact]
    public async Task The_evidence_of_a_conversation_is_proven_line_by_line_and_by_whichever_side_exports_it()
    {
        await using var pair = await Pair.MakeAsync();
        var accepted = await pair.DeliverAsync(Pair.Notification("Seen."));
        await pair.AcknowledgeAsync(accepted.Id);
        await Pair.CarryAsync(pair.Qn, pair.Qm);
        var trust = new TrustFile(
            new Dictionary<ParticipantCode, string>
            {
                [ParticipantCode.Parse("QM")] = pair.Qm.Made.Fingerprint,
                [ParticipantCode.Parse("QN")] = pair.Qn.Made.Fingerprint,
            },
            []
        );
        foreach (var node in new[] { pair.Qm, pair.Qn })
        {
            var file = await node.AskAsync<EvidenceQuery, EvidenceFile?>(q =>
                q.MakeAsync(Guid.Parse(accepted.Conversation), default)
            );
            Assert.Equal(2, file!.Statements.Count);
            Assert.Equal(2, file.Receipts.Count);
            var octets = file.ToJson();
            var report = EvidenceVerifier.Verify(octets, trust);
            Assert.DoesNotContain(report.Lines, l => l.Verdict == EvidenceVerdict.Failed);
            Assert.Contains(report.Lines, l => l.Verdict == EvidenceVerdict.Proven);
            octets[octets.Length / 2] ^= 1;
            Assert.Contains(EvidenceVerifier.Verify(octets, trust).Lines, l => l.Verdict == EvidenceVerdict.Failed);
        }
    }
}
