using System.Collections.Concurrent;
using Comity.Post.HttpSignatures;

namespace Comity.Post.Peers;

/// <summary>How far the clock of another node is ahead of ours; less than zero where it is behind.</summary>
internal sealed record PeerClock(string Node, TimeSpan Ahead);

/// <summary>
/// The clocks of other nodes, as each said when it last answered. A hint to people and nothing more: it decides nothing.
/// In memory only.
/// </summary>
internal sealed class PeerClocks(TimeProvider clock)
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(1);

    private readonly ConcurrentDictionary<string, Reading> _byNode = new(StringComparer.Ordinal);

    /// <summary>What the clock of that node showed just now.</summary>
    public void Note(Uri node, DateTimeOffset shown) => _byNode[Key(node)] = new(shown, clock.GetTimestamp());

    /// <summary>Whether it is so far from ours that neither takes the other's requests.</summary>
    public bool AreApart(Uri node) =>
        _byNode.TryGetValue(Key(node), out var reading) && Ahead(reading).Duration() > SignatureProfile.ClockTolerance;

    /// <summary>Every node that answered within a day.</summary>
    public IReadOnlyList<PeerClock> Latest() =>
        [
            .. _byNode
                .Where(r => clock.GetElapsedTime(r.Value.Taken) < Kept)
                .Select(r => new PeerClock(r.Key, Ahead(r.Value)))
                .OrderBy(r => r.Node, StringComparer.Ordinal),
        ];

    // From then on time has passed alike for both, also where our clock was set meanwhile.
    private TimeSpan Ahead(Reading reading) => reading.Shown + clock.GetElapsedTime(reading.Taken) - clock.GetUtcNow();

    private static string Key(Uri node) => node.GetLeftPart(UriPartial.Authority);

    private readonly record struct Reading(DateTimeOffset Shown, long Taken);
}

/// <summary>Reads the clock of whoever answers from the Date field of the answer.</summary>
internal sealed class ClockReading(PeerClocks clocks, TimeProvider clock) : DelegatingHandler
{
    private static readonly TimeSpan OneSecond = TimeSpan.FromSeconds(1);

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        var began = clock.GetTimestamp();
        var response = await base.SendAsync(request, cancellationToken);
        if (response.Headers.Date is { } date)
        {
            clocks.Note(request.RequestUri!, Shown(date, clock.GetElapsedTime(began)));
        }

        return response;
    }

    // The field has whole seconds, and was written at some time of the call: what fits into that time is no difference.
    private DateTimeOffset Shown(DateTimeOffset date, TimeSpan took)
    {
        var now = clock.GetUtcNow();
        return date > now ? date
            : date + OneSecond < now - took ? date + OneSecond + took
            : now;
    }
}
