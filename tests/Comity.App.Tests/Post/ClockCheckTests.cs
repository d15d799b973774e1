using Comity.Kernel.Hosting;
using Comity.Post.Peers;
using Comity.Post.Reading;
using Microsoft.Extensions.Time.Testing;

namespace Comity.App.Tests.Post;

public sealed class ClockCheckTests
{
    private static readonly Uri Qn = new("https://qn.example/exchange/v1/inbox");

    [Theory]
    [InlineData(CheckState.Ok, "No other node has answered yet")]
    [InlineData(CheckState.Ok, "agrees with most others (3 compared)", 0, 20, -30)]
    [InlineData(CheckState.Warn, "about 2 minutes behind most others (3 compared)", 120, 130, 125)]
    [InlineData(CheckState.Fail, "about 1 day ahead of most others (2 compared)", -86_400, -86_390)]
    [InlineData(CheckState.Fail, "about 3 hours behind most others (4 compared)", 10_800, 10_790, 10_810, 0)]
    public void Most_clocks_say_what_is_wrong_with_ours(CheckState state, string said, params int[] seconds)
    {
        var line = ClockCheck.Lines(Peers(seconds)).First();
        Assert.Equal(state, line.State);
        Assert.Contains(said, line.Sentence, StringComparison.Ordinal);
        Assert.Equal(state != CheckState.Ok, line.Advice is not null);
    }

    [Fact]
    public void One_peer_whose_clock_is_wrong_or_that_lies_is_named_and_makes_nobody_doubt_ours()
    {
        Assert.Equal([CheckState.Ok, CheckState.Warn], ClockCheck.Lines(Peers(0, 86_400)).Select(l => l.State));
        // Of two that disagree one is wrong, and nobody knows which: the line says to look.
        var lines = ClockCheck.Lines(Peers(86_400)).ToList();
        Assert.Contains(
            "The clock of https://q0.example is about 1 day ahead of ours",
            lines[1].Sentence,
            StringComparison.Ordinal
        );
        Assert.Contains("Look whether this machine's clock is right", lines[1].Advice, StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_read_of_another_clock_holds_when_ours_is_set()
    {
        var clock = new ShiftedClock { Shift = TimeSpan.FromDays(1) };
        var clocks = new PeerClocks(clock);
        clocks.Note(Qn, clock.GetUtcNow().AddDays(-1));
        Assert.True(clocks.AreApart(Qn));
        Assert.InRange(Assert.Single(clocks.Latest()).Ahead.TotalDays, -1.01, -0.99);

        clock.Shift = TimeSpan.Zero;

        Assert.False(clocks.AreApart(Qn));
        Assert.InRange(Assert.Single(clocks.Latest()).Ahead.TotalDays, -0.01, 0.01);
    }

    [Fact]
    public void Who_has_not_answered_for_a_day_has_no_voice()
    {
        var clock = new FakeTimeProvider();
        var clocks = new PeerClocks(clock);
        clocks.Note(Qn, clock.GetUtcNow());
        clock.Advance(TimeSpan.FromHours(23));
        Assert.Single(clocks.Latest());
        clock.Advance(TimeSpan.FromHours(1));
        Assert.Empty(clocks.Latest());
    }

    private static IReadOnlyList<PeerClock> Peers(params int[] seconds) =>
        [.. seconds.Select((s, i) => new PeerClock($"https://q{i}.example", TimeSpan.FromSeconds(s)))];
}
