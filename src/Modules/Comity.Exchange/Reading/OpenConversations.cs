using Comity.Exchange.Data;
using Comity.Kernel.Data;
using Comity.Protocol;
using Comity.Protocol.Messages;
using Microsoft.EntityFrameworkCore;

namespace Comity.Exchange.Reading;

/// <summary>
/// Conversations in which something may wait, chosen by what stands in clear: never by being among the newest, because a
/// flood is newest. What waits exactly, the protocol's fold says of each.
/// </summary>
internal sealed class OpenConversations(AppDb db)
{
    /// <summary>What is opened, and how many were left out.</summary>
    /// <param name="since">Since when something that asks for nothing is new, UTC.</param>
    public async Task<(IReadOnlyList<Conversation> Chosen, int LeftOut)> ChooseAsync(
        DateTime since,
        CancellationToken ct
    )
    {
        var messages = db.Set<StoredMessage>();
        var open = await Open(since)
            .Select(c => new OpenOne(
                c.Id,
                c.OpenedBy,
                c.Opened,
                c.Opener == c.Home,
                c.Exercise,
                messages.Any(m =>
                    m.ConversationRow == c.Id
                    && !m.Sent
                    && m.Asks.HasFlag(Asks.Acknowledgement)
                    && !messages.Any(r =>
                        r.ConversationRow == c.Id
                        && r.Sent
                        && r.Kind == MessageKind.Acknowledgement
                        && r.InReplyToDigest == m.Digest
                    )
                ),
                messages.Where(m => m.ConversationRow == c.Id).Sum(m => (long)m.SealedOctets.Length)
            ))
            .ToListAsync(ct);
        var chosen = DeskChoice.Of(open);
        var rows = await db.Set<Conversation>().AsNoTracking().Where(c => chosen.Contains(c.Id)).ToListAsync(ct);
        return (rows, open.Count - rows.Count);
    }

    private IQueryable<Conversation> Open(DateTime since)
    {
        var (messages, deliveries) = (db.Set<StoredMessage>(), db.Set<Delivery>());
        // What is shown and changes nothing settles nothing either; the fold has the same rule.
        var replies = messages.Where(r => r.InReplyToDigest != null);
        return db.Set<Conversation>()
            .AsNoTracking()
            .Where(c =>
                messages.Any(m =>
                    m.ConversationRow == c.Id
                    && (
                        // What was not delivered waits for a person, whatever came after it.
                        (m.Sent && deliveries.Any(d => d.MessageRow == m.Id && d.Cause != null))
                        // What came, asks for nothing (after a closure nothing does), and was followed by nothing of ours.
                        || (
                            !m.Sent
                            && (
                                m.Asks == Asks.Nothing
                                || messages.Any(e =>
                                    e.ConversationRow == c.Id && e.Kind == MessageKind.Closure && e.At < m.At
                                )
                            )
                            && m.Kind != MessageKind.Acknowledgement
                            && m.At > since
                            && !messages.Any(s => s.ConversationRow == c.Id && s.Sent && s.At > m.At)
                        )
                        || (
                            m.Asks != Asks.Nothing
                            && !messages.Any(e =>
                                e.ConversationRow == c.Id
                                && (e.Kind == MessageKind.Closure || e.Kind == MessageKind.Withdrawal)
                                && (
                                    (e.Kind == MessageKind.Closure && e.From == c.Opener && e.InReplyTo == null)
                                    || (
                                        e.InReplyTo == m.MessageId
                                        && e.InReplyToDigest == m.Digest
                                        && e.From == (e.Kind == MessageKind.Closure ? c.Opener : m.From)
                                    )
                                )
                            )
                            && (
                                // What came and asks, and got no reply that says so.
                                (
                                    !m.Sent
                                    && (
                                        (
                                            m.Asks.HasFlag(Asks.Acknowledgement)
                                            && !replies.Any(r =>
                                                r.ConversationRow == c.Id
                                                && r.Sent
                                                && r.Kind == MessageKind.Acknowledgement
                                                && r.InReplyTo == m.MessageId
                                                && r.InReplyToDigest == m.Digest
                                            )
                                        )
                                        || (
                                            m.Asks != Asks.Acknowledgement
                                            && !replies.Any(r =>
                                                r.ConversationRow == c.Id
                                                && r.Sent
                                                && r.Settles
                                                && r.InReplyTo == m.MessageId
                                                && r.InReplyToDigest == m.Digest
                                            )
                                        )
                                    )
                                )
                                // What we asked, and somebody has not replied so.
                                || (
                                    m.Sent
                                    && deliveries.Any(d =>
                                        d.MessageRow == m.Id
                                        && !d.Copy
                                        && (
                                            (
                                                m.Asks.HasFlag(Asks.Acknowledgement)
                                                && !replies.Any(r =>
                                                    r.ConversationRow == c.Id
                                                    && !r.Sent
                                                    && r.From == d.Office
                                                    && r.Kind == MessageKind.Acknowledgement
                                                    && r.InReplyTo == m.MessageId
                                                    && r.InReplyToDigest == m.Digest
                                                )
                                            )
                                            || (
                                                m.Asks != Asks.Acknowledgement
                                                && !replies.Any(r =>
                                                    r.ConversationRow == c.Id
                                                    && !r.Sent
                                                    && r.From == d.Office
                                                    && r.Settles
                                                    && r.InReplyTo == m.MessageId
                                                    && r.InReplyToDigest == m.Digest
                                                )
                                            )
                                        )
                                    )
                                )
                            )
                        )
                    )
                )
            );
    }
}
