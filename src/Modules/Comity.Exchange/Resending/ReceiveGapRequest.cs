using System.Collections.Concurrent;
using Comity.Directory;
using Comity.Exchange.Data;
using Comity.Exchange.Receipts;
using Comity.Exchange.Sending;
using Comity.Kernel;
using Comity.Kernel.Data;
using Comity.Kernel.Viewing;
using Comity.Kernel.Work;
using Comity.Kernel.Writing;
using Comity.Post;
using Comity.Protocol;
using Comity.Protocol.Signing;
using Microsoft.EntityFrameworkCore;

namespace Comity.Exchange.Resending;

/// <summary>
/// Another node misses messages of an office of ours. It gets those that were sealed for its office, as they are or sealed
/// anew, at that office's node; for whatever else it names there is nothing. How often it may ask is bounded.
/// </summary>
internal sealed class ReceiveGapRequest(
    WriteGate gate,
    DirectoryQueries directory,
    PostCommands post,
    TimeProvider clock
)
{
    /// <summary>The same office is sent again what it misses of one conversation only so often.</summary>
    public static readonly TimeSpan Between = TimeSpan.FromMinutes(10);

    /// <summary>More conversations than this at once are not remembered; then everybody waits until one is over.</summary>
    private const int MostRemembered = 10_000;

    private static readonly TimeSpan Leeway = TimeSpan.FromMinutes(10);

    // As long as a request is carried.
    private static readonly TimeSpan Oldest = TimeSpan.FromDays(5);
    private static readonly Viewer Receiver = Viewer.System("exchange.gap");

    private readonly ConcurrentDictionary<(OfficeName By, OfficeName Of, ConversationId In), DateTime> _last = new();

    public async Task<Reception> ReceiveAsync(SignedPayload<GapRequest> request, Peer sender, CancellationToken ct)
    {
        var (says, now) = (request.Value, clock.Utc());
        if (!request.Document.IsSignedBy(sender.Key) || !sender.Participants.Contains(says.By.Participant))
            return new Reception.Refused("gap-not-theirs", null);
        if (!(await directory.HomeAsync(ct)).Participants.Any(p => p.Code == says.Of.Participant))
            return new Reception.Refused("gap-not-ours", null);
        if (says.At > now + Leeway || says.At < now - Oldest - Leeway)
            return new Reception.Refused("gap-time", null);
        if (Wait((says.By, says.Of, says.Conversation), now) is { } wait)
            return new Reception.PutOff(wait);
        await gate.WriteAsync(Receiver, (db, token) => SendAsync(db, says, token), ct);
        _last[(says.By, says.Of, says.Conversation)] = now;
        return new Reception.Accepted(ReadOnlyMemory<byte>.Empty);
    }

    private TimeSpan? Wait((OfficeName, OfficeName, ConversationId) asked, DateTime now)
    {
        if (_last.TryGetValue(asked, out var last) && now - last < Between)
            return Between - (now - last);
        foreach (var over in _last.Where(l => now - l.Value >= Between))
            _last.TryRemove(over);
        return _last.Count < MostRemembered ? null : Between;
    }

    private async Task SendAsync(AppDb db, GapRequest says, CancellationToken ct)
    {
        List<long> places = [.. says.Places];
        var since = clock.Utc() - AskAgainHandler.Longest;
        var deliveries = await db.Set<Delivery>()
            .Where(d => d.Office == says.By && places.Contains(d.Sequence))
            .Where(d =>
                db.Set<Conversation>()
                    .Any(c => c.Id == d.ConversationRow && c.ConversationId == says.Conversation && c.Home == says.Of)
            )
            .Where(d => db.Set<StoredMessage>().Any(m => m.Id == d.MessageRow && m.At >= since))
            .ToListAsync(ct);
        foreach (var delivery in deliveries)
            await SendAsync(db, delivery, ct);
    }

    private async Task SendAsync(AppDb db, Delivery delivery, CancellationToken ct)
    {
        // What was never sealed waits for a key, and goes when there is one.
        if (delivery is { SealedAt: null, HandedOver: null })
            return;
        delivery.Await();
        if (delivery.SealedAt is not null)
        {
            if (await post.SendAgainAsync(db, ParcelSink.SinkName, delivery.Id.ToString(), ct))
                return;
            db.Add(delivery.TakeBack(Ids.New(clock), clock.Utc()));
        }
        await db.EnqueueAsync(Acceptance.SealWork, delivery.Id.ToString(), clock.Utc(), clock, ct);
    }
}
