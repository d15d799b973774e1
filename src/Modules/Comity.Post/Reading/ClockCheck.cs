using Comity.Kernel.Data;
using Comity.Kernel.Hosting;
using Comity.Post.HttpSignatures;
using Comity.Post.Peers;

namespace Comity.Post.Reading;

/// <summary>
/// Whether the clock of this node is that of the others. Each node that answered has a voice and this one has one too,
/// so that a single peer with a wrong clock, or one that lies, makes nobody doubt a right one.
/// </summary>
internal sealed class ClockCheck(PeerClocks clocks) : ICheck
{
    private const string Name = "post.clock";
    private const int MostNamed = 10;
    private static readonly TimeSpan Worth = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan TooMuch = SignatureProfile.ClockTolerance;

    public Task<IReadOnlyList<CheckLine>> LookAsync(AppDb db, CancellationToken ct) =>
        Task.FromResult<IReadOnlyList<CheckLine>>([.. Lines(clocks.Latest())]);

    internal static IEnumerable<CheckLine> Lines(IReadOnlyList<PeerClock> peers)
    {
        var most = Median([TimeSpan.Zero, .. peers.Select(p => p.Ahead)]);
        yield return Own(peers.Count, -most);
        // Where ours is the wrong one, it differs from all of them, and says nothing about any.
        if (most.Duration() > TooMuch)
            yield break;
        foreach (var peer in peers.Where(p => (p.Ahead - most).Duration() > TooMuch).Take(MostNamed))
            yield return new(
                Name,
                CheckState.Warn,
                $"The clock of {peer.Node} is {Span(peer.Ahead)} ours: nothing passes between that node and this one.",
                "Look whether this machine's clock is right (timedatectl). If it is, tell their operator. What waits goes by itself when both are right."
            );
    }

    private static CheckLine Own(int peers, TimeSpan ahead) =>
        peers == 0
            ? new(Name, CheckState.Ok, "No other node has answered yet, so this node's clock was compared with none.")
        : ahead.Duration() <= Worth
            ? new(Name, CheckState.Ok, $"The clock of this node agrees with most others ({peers} compared).")
        : ahead.Duration() <= TooMuch
            ? new(
                Name,
                CheckState.Warn,
                $"The clock of this node is {Span(ahead)} most others ({peers} compared).",
                "Have it set by a time service (timedatectl set-ntp true). From five minutes on nothing passes between this node and others."
            )
        : new(
            Name,
            CheckState.Fail,
            $"The clock of this node is {Span(ahead)} most others ({peers} compared): nothing passes between this node and them.",
            "Set it right by a time service (timedatectl set-ntp true) and start the node anew. What was accepted is kept and goes by itself then."
        );

    // Of two in the middle the one that is nearer to ours.
    private static TimeSpan Median(IReadOnlyList<TimeSpan> all)
    {
        var ordered = all.Order().ToList();
        var (one, other) = (ordered[(ordered.Count - 1) / 2], ordered[ordered.Count / 2]);
        return one.Duration() < other.Duration() ? one : other;
    }

    private static string Span(TimeSpan ahead)
    {
        var length = ahead.Duration();
        var (count, unit) =
            length >= TimeSpan.FromHours(23.5) ? (length.TotalDays, "day")
            : length >= TimeSpan.FromMinutes(59.5) ? (length.TotalHours, "hour")
            : length >= TimeSpan.FromSeconds(59.5) ? (length.TotalMinutes, "minute")
            : (length.TotalSeconds, "second");
        var whole = (long)Math.Round(count, MidpointRounding.AwayFromZero);
        return FormattableString.Invariant(
            $"about {whole} {unit}{(whole == 1 ? "" : "s")} {(ahead < TimeSpan.Zero ? "behind" : "ahead of")}"
        );
    }
}
