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
    /// <summary>So many are opened for one desk.</summary>
    public const int Most = 400;

    /// <summary>So many of those that one other participant opened.</summary>
    public const int MostOfOne = 50;

    /// <summary>A fair choice: the oldest of everybody before the second oldest of anybody; and how many were left out.</summary>
    /// <param name="since">Since when something that asks for nothing is new, UTC.</param>
    public async Task<(IReadOnlyList<Conversation> Chosen, int LeftOut)> ChooseAsync(
        DateTime since,
        CancellationToken ct
    )
    {
        var open = await Open(since)
            .Select(c => new
            {
                c.Id,
                c.OpenedBy,
                c.Opened,
                Own = c.Opener == c.Home,
            })
            .ToListAsync(ct);
        var chosen = open.GroupBy(c => c.OpenedBy)
            .SelectMany(g => g.OrderBy(c => c.Opened).Select((c, rank) => (c.Id, c.Opened, c.Own, Rank: rank)))
            .Where(c => c.Own || c.Rank < MostOfOne)
            .OrderBy(c => c.Rank)
            .ThenBy(c => c.Opened)
            .Take(Most)
            .Select(c => c.Id)
            .ToList();
        var rows = await db.Set<Conversation>().AsNoTracking().Where(c => chosen.Contains(c.Id)).ToListAsync(ct);
        return (rows, open.Count - rows.Count);
    }

    private IQueryable<Conversation> Open(DateTime since)
    {
        var (messages, deliveries) = (db.Set<StoredMessage>(), db.Set<Delivery>());
        return db.Set<Conversation>()
            .AsNoTracking()
            .Where(c =>
                messages.Any(m =>
                    m.ConversationRow == c.Id
                    && (
                        // What was not delivered waits for a person, whatever came after it.
                        (m.Sent && deliveries.Any(d => d.MessageRow == m.Id && d.Cause != null))
                        // What came, asks for nothing, and was followed by nothing of ours.
                        || (
                            !m.Sent
                            && m.Asks == Asks.Nothing
                            && m.Kind != MessageKind.Acknowledgement
                            && m.At > since
                            && !messages.Any(s => s.ConversationRow == c.Id && s.Sent && s.At > m.At)
                        )
                        || (
                            m.Asks != Asks.Nothing
                            && !messages.Any(e =>
                                e.ConversationRow == c.Id
                                && (
                                    (
                                        e.Kind == MessageKind.Closure
                                        && e.From == c.Opener
                                        && (e.InReplyTo == null || e.InReplyTo == m.MessageId)
                                    )
                                    || (
                                        e.Kind == MessageKind.Withdrawal
                                        && e.From == m.From
                                        && e.InReplyTo == m.MessageId
                                    )
                                )
                            )
                            && (
                                // What came and asks, and got no reply that settles it.
                                (
                                    !m.Sent
                                    && !messages.Any(r =>
                                        r.ConversationRow == c.Id
                                        && r.Sent
                                        && r.InReplyTo == m.MessageId
                                        && (r.Settles || m.Asks == Asks.Acknowledgement)
                                    )
                                )
                                // What we asked, and somebody has not given such a reply to.
                                || (
                                    m.Sent
                                    && deliveries.Any(d =>
                                        d.MessageRow == m.Id
                                        && !d.Copy
                                        && !messages.Any(r =>
                                            r.ConversationRow == c.Id
                                            && !r.Sent
                                            && r.From == d.Office
                                            && r.InReplyTo == m.MessageId
                                            && (r.Settles || m.Asks == Asks.Acknowledgement)
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
