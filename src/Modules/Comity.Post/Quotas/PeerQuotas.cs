using Comity.Kernel.Hosting;

namespace Comity.Post.Quotas;

/// <summary>What one node may send: how many messages, how many octets, and how many bodies at the same time.</summary>
internal sealed record QuotaSettings
{
    public Allowance Messages { get; init; } = new(300, TimeSpan.FromMinutes(1));

    public Allowance Octets { get; init; } = new(1024L * 1024 * 1024, TimeSpan.FromHours(1));

    public int BodiesAtOnce { get; init; } = 8;

    /// <summary>Octets of bodies that all peers together may have on their way into memory.</summary>
    public long OctetsAtOnce { get; init; } = 512L * 1024 * 1024;

    /// <summary>Of these, octets that one of them may have under way: announced is not sent, and one leaves room for others.</summary>
    public long OctetsOfOneAtOnce { get; init; } = 128L * 1024 * 1024;

    public static QuotaSettings Of(NodeOptions options) =>
        options.MessagesPerMinute is { } most
            ? new() { Messages = new(Math.Max(1, most), TimeSpan.FromMinutes(1)) }
            : new();
}

internal enum QuotaLimit
{
    MessagesPerMinute,
    OctetsPerHour,
    BodiesAtOnce,
    OctetsOfOneAtOnce,
    NodeIsFull,
}

/// <summary>Too much at once; nothing is lost, the peer tries again.</summary>
/// <param name="Limit">Which limit.</param>
/// <param name="RetryAfter">When trying again makes sense.</param>
/// <param name="Report">How many were put off since the last report, where a report is due; else zero.</param>
internal sealed record Throttled(QuotaLimit Limit, TimeSpan RetryAfter, int Report);

/// <summary>
/// Counts per verified peer, whichever of its keys signed, so that a flood from one leaves the others their whole
/// allowance. Floods are put off and summarised in the log once a minute; nothing is dropped in silence.
/// </summary>
internal sealed class PeerQuotas(QuotaSettings settings, TimeProvider clock)
{
    private static readonly TimeSpan ReportEvery = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan ShortWait = TimeSpan.FromSeconds(1);

    private readonly Lock gate = new();
    private readonly Dictionary<Holder, Usage> byHolder = [];
    private long octetsUnderWay;

    /// <summary>Admits a body of this length, or says what is too much. What is admitted must be given back.</summary>
    public Throttled? TryEnter(Holder holder, long length)
    {
        lock (gate)
        {
            var now = clock.GetUtcNow();
            if (!byHolder.TryGetValue(holder, out var usage))
            {
                byHolder[holder] = usage = new(settings, now);
            }

            usage.Messages = usage.Messages.RefilledAt(now, settings.Messages);
            usage.Octets = usage.Octets.RefilledAt(now, settings.Octets);
            if (Limit(usage, length) is not { } refused)
            {
                usage.Messages = usage.Messages.Without(1);
                usage.Octets = usage.Octets.Without(length);
                usage.Bodies++;
                usage.UnderWay += length;
                octetsUnderWay += length;
                return null;
            }

            usage.PutOff++;
            return new(refused.Limit, refused.Wait, usage.TakeReport(now, ReportEvery));
        }
    }

    /// <summary>Gives the place of a body back, whatever became of it; the allowance used stays used.</summary>
    public void Leave(Holder holder, long length)
    {
        lock (gate)
        {
            octetsUnderWay -= length;
            byHolder[holder].Bodies--;
            byHolder[holder].UnderWay -= length;
        }
    }

    private (QuotaLimit Limit, TimeSpan Wait)? Limit(Usage usage, long length)
    {
        if (usage.Messages.Wait(1, settings.Messages) is { Ticks: > 0 } forMessage)
        {
            return (QuotaLimit.MessagesPerMinute, forMessage);
        }

        if (usage.Octets.Wait(length, settings.Octets) is { Ticks: > 0 } forOctets)
        {
            return (QuotaLimit.OctetsPerHour, forOctets);
        }

        if (usage.Bodies >= settings.BodiesAtOnce)
        {
            return (QuotaLimit.BodiesAtOnce, ShortWait);
        }

        if (usage.UnderWay > 0 && usage.UnderWay + length > settings.OctetsOfOneAtOnce)
        {
            return (QuotaLimit.OctetsOfOneAtOnce, ShortWait);
        }

        return octetsUnderWay > 0 && octetsUnderWay + length > settings.OctetsAtOnce
            ? (QuotaLimit.NodeIsFull, ShortWait)
            : null;
    }

    private sealed class Usage(QuotaSettings settings, DateTimeOffset now)
    {
        private DateTimeOffset? reported;

        public TokenBucket Messages { get; set; } = TokenBucket.Full(settings.Messages, now);

        public TokenBucket Octets { get; set; } = TokenBucket.Full(settings.Octets, now);

        public int Bodies { get; set; }

        public long UnderWay { get; set; }

        public int PutOff { get; set; }

        public int TakeReport(DateTimeOffset at, TimeSpan every)
        {
            if (reported is { } last && at - last < every)
            {
                return 0;
            }

            reported = at;
            var count = PutOff;
            PutOff = 0;
            return count;
        }
    }
}
