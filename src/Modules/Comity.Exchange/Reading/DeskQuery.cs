using Comity.Exchange.Data;
using Comity.Kernel;
using Comity.Kernel.Data;
using Comity.Protocol;
using Comity.Protocol.Conversations;
using Microsoft.EntityFrameworkCore;

namespace Comity.Exchange.Reading;

/// <summary>What waits for the offices of the viewer, and what they wait for, ordered by when it is due.</summary>
internal sealed class DeskQuery(AppDb db, ConversationOpener opener, TimeProvider clock)
{
    private const int MostConversations = 200;
    private const int MostAlarms = 100;
    private static readonly TimeSpan NewFor = TimeSpan.FromDays(7);

    public async Task<DeskView> AskAsync(CancellationToken ct)
    {
        var now = clock.Utc();
        var wholes = await db.Set<Conversation>()
            .AsNoTracking()
            .OrderByDescending(c => c.Latest)
            .Take(MostConversations)
            .ToListAsync(ct);
        var opened = await opener.OpenAsync(wholes, ct);
        var alarms = await db.Set<Alarm>()
            .AsNoTracking()
            .Where(a => a.Settled == null)
            .OrderByDescending(a => a.At)
            .Take(MostAlarms)
            .ToListAsync(ct);
        return new DeskView(
            now,
            InOrder(opened.SelectMany(c => Waiting(c, now))),
            InOrder(opened.SelectMany(Asked)),
            [.. alarms.Select(Of)]
        );
    }

    private static IReadOnlyList<DeskLine> InOrder(IEnumerable<DeskLine> lines) =>
        [.. lines.OrderBy(l => l.Due is null).ThenBy(l => l.Due).ThenBy(l => l.Since)];

    private static IEnumerable<DeskLine> Waiting(OpenedConversation opened, DateTime now)
    {
        foreach (var message in opened.State.Messages.Where(m => m.Message.From != opened.Home))
        {
            var at = DeskRules.At(message, opened.Home);
            // What our office promised counts before what was asked for.
            var due = at?.AnswerExpectedBy ?? message.Message.ReplyBy;
            var why =
                DeskRules.IsUnacknowledged(message, opened.Home) ? DeskWhy.Acknowledge
                : DeskRules.IsUnanswered(message, opened.Home) ? DeskWhy.Answer
                : IsNew(opened, message, now) ? DeskWhy.New
                : null;
            if (why is not null)
                yield return Line(opened, message, message.Message.From, why) with
                {
                    Due = why == DeskWhy.New ? null : due,
                    Overdue = why != DeskWhy.New && due < now,
                };
        }
    }

    private static IEnumerable<DeskLine> Asked(OpenedConversation opened)
    {
        foreach (var message in opened.State.Messages.Where(m => m.Message.From == opened.Home))
        foreach (var at in message.Recipients)
        {
            var why =
                at.Marks.HasFlag(Marks.NotDelivered) ? DeskWhy.NotDelivered
                : DeskRules.IsUnacknowledged(message, at.Office) ? DeskWhy.NotAcknowledged
                : DeskRules.IsUnanswered(message, at.Office) ? DeskWhy.NotAnswered
                : null;
            if (why is not null)
                yield return Line(opened, message, at.Office, why) with
                {
                    Due = at.AnswerExpectedBy ?? message.Message.ReplyBy,
                    Cause = at.Cause,
                };
        }
    }

    // Shown for a week, or until our office said something after it.
    private static bool IsNew(OpenedConversation opened, MessageState message, DateTime now)
    {
        var row = opened.ByDigest[message.Digest].First().Stored;
        return DeskRules.IsForInformation(message, opened.Home)
            && now - row.At < NewFor
            && !opened.Rows.Any(r => r.Stored.Sent && r.Stored.At > row.At);
    }

    private static DeskLine Line(OpenedConversation opened, MessageState message, OfficeName other, string why)
    {
        var row = opened.ByDigest[message.Digest].First().Stored;
        return new DeskLine
        {
            Conversation = opened.Whole.Id,
            Message = row.Id,
            Home = opened.Home.Value,
            Other = other.Value,
            Kind = message.Message.Kind.Code(),
            Why = why,
            Title = Titles.Of(message.Message),
            Language = message.Message.Language,
            Tlp = message.Message.Tlp.Code(),
            Exercise = message.Message.Exercise,
            Since = row.At,
        };
    }

    private static AlarmView Of(Alarm alarm) =>
        new(
            alarm.Id,
            alarm.Home.Value,
            alarm.Code,
            alarm.At,
            alarm.Other?.Value,
            alarm.MessageId?.ToString(),
            alarm.EnvelopeDigest?.Value,
            alarm.Told
        );
}
