using Comity.Directory;
using Comity.Exchange.Data;
using Comity.Exchange.Reading;
using Comity.Kernel;
using Comity.Kernel.Data;
using Comity.Kernel.Sealing;
using Comity.Protocol;
using Comity.Protocol.Evidence;
using Microsoft.EntityFrameworkCore;

namespace Comity.Exchange.Proving;

/// <summary>
/// Makes the evidence file of a conversation: what both sides signed, and the directory entries as they were then. It
/// holds no content.
/// </summary>
internal sealed class EvidenceQuery(
    AppDb db,
    ConversationQuery conversations,
    DirectoryQueries directory,
    Vault vault,
    TimeProvider clock
)
{
    public const string MediaType = "application/vnd.comity.evidence+json";

    /// <summary>By row or by shared id; null where there is none for this viewer.</summary>
    public async Task<EvidenceFile?> MakeAsync(Guid conversation, CancellationToken ct)
    {
        if (await conversations.OpenAsync(conversation, ct) is not { } opened)
            return null;
        var whole = opened.Whole;
        var key = await Data.Conversations.KeyAsync(db, whole, ct);
        List<ParticipantCode> participants = [.. whole.PartyList.Select(o => o.Participant).Distinct()];
        var entries = await directory.EntryDocumentsAsync(participants, whole.Opened, ct);
        var former = await FormerAsync(whole, ct);
        return new EvidenceFile
        {
            Conversation = whole.ConversationId,
            Record = whole.Record,
            Exercise = whole.Exercise,
            Made = Instants.InMilliseconds(clock.Utc()),
            Directories = await DirectoriesAsync(whole, ct),
            Entries = [.. entries.Select(e => e.Octets)],
            Statements = [.. opened.Rows.SelectMany(row => Statements(row, former, key))],
            Receipts = [.. opened.Rows.SelectMany(row => row.Receipts).Select(r => (ReadOnlyMemory<byte>)r.Octets)],
        };
    }

    // What was taken back and is not sealed again had arrived: its receipt needs the statement that went with it.
    private async Task<ILookup<Guid, FormerEnvelope>> FormerAsync(Conversation whole, CancellationToken ct) =>
        (
            await db.Set<FormerEnvelope>()
                .AsNoTracking()
                .Where(f => f.ConversationRow == whole.Id && f.SealedStatement != null)
                .OrderByDescending(f => f.SealedAt)
                .ToListAsync(ct)
        ).ToLookup(f => f.DeliveryId);

    // One for each message and recipient: it says the same in every sealing.
    private IEnumerable<ReadOnlyMemory<byte>> Statements(
        OpenedRow row,
        ILookup<Guid, FormerEnvelope> former,
        StorageKey key
    )
    {
        if (row.Stored.Arrival is { } arrival)
            yield return vault.Open(key, arrival.SealedStatement, row.Stored.StatementPurpose);
        foreach (var delivery in row.Deliveries)
            if ((delivery.SealedStatement ?? former[delivery.Id].FirstOrDefault()?.SealedStatement) is { } statement)
                yield return vault.Open(key, statement, delivery.Purpose);
    }

    private async Task<IReadOnlyList<EvidenceDirectory>> DirectoriesAsync(Conversation whole, CancellationToken ct)
    {
        var origins = new SortedSet<ParticipantCode>();
        foreach (var office in whole.PartyList)
            if (await directory.OfficeAsync(office, ct) is { OriginDirectory: { } origin })
                origins.Add(origin);
        var proofs = new List<EvidenceDirectory>();
        foreach (var origin in origins)
            if (await directory.SnapshotProofAsync(origin, ct) is { } proof)
                proofs.Add(new(proof.Root, proof.Delegation, proof.Header, proof.EntryDigests));
        return proofs;
    }
}
