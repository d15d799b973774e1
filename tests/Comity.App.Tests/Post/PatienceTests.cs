using Comity.Post.Sending;
using CsCheck;
using Microsoft.Extensions.Time.Testing;

namespace Comity.App.Tests.Post;

public sealed class PatienceTests
{
    private static readonly Uri Node = new("https://qn.example/");
    private readonly FakeTimeProvider clock = new();

    [Fact]
    public void A_pause_is_between_half_of_its_step_and_the_whole_and_never_over_half_an_hour() =>
        Gen.Select(Gen.Int[1, 5000], Gen.Double[0, 0.9999999])
            .Sample(
                (attempt, random) =>
                {
                    var step = Math.Min(Math.Pow(2, attempt - 1), 1800);
                    var pause = BackOff.After(attempt, random).TotalSeconds;
                    Assert.InRange(pause, (step / 2) - 0.001, step + 0.001);
                }
            );

    [Fact]
    public void The_time_that_a_peer_asks_for_is_kept_to_within_reason()
    {
        Assert.Equal(TimeSpan.FromMinutes(1), BackOff.After(1, 0.5, TimeSpan.FromMinutes(1)));
        Assert.Equal(TimeSpan.FromMinutes(30), BackOff.After(1, 0.5, TimeSpan.FromDays(365)));
        Assert.Equal(TimeSpan.FromSeconds(0.5), BackOff.After(1, 0, TimeSpan.FromSeconds(-5)));
    }

    [Fact]
    public void Patience_lasts_five_days()
    {
        var accepted = new DateTime(2026, 3, 1, 0, 0, 0, DateTimeKind.Utc);

        Assert.False(BackOff.IsOver(accepted, accepted.AddDays(5).AddSeconds(-1)));
        Assert.True(BackOff.IsOver(accepted, accepted.AddDays(5)));
    }

    [Fact]
    public void A_clock_that_is_set_back_leaves_no_peer_alone_for_as_long_as_it_was_ahead()
    {
        var circuits = new Circuits(clock);
        for (var i = 0; i < 5; i++)
            circuits.Failed(Node);
        Assert.NotNull(circuits.Ask(Node));

        clock.AdjustTime(clock.GetUtcNow().AddDays(-1));

        Assert.Null(circuits.Ask(Node));
    }

    [Fact]
    public void After_five_failures_in_a_row_a_peer_is_left_alone_and_then_asked_once()
    {
        var circuits = new Circuits(clock);
        for (var i = 0; i < 5; i++)
        {
            Assert.Null(circuits.Ask(Node));
            circuits.Failed(Node);
        }

        Assert.Equal(clock.GetUtcNow().AddSeconds(5), circuits.Ask(Node));
        clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Null(circuits.Ask(Node));
        Assert.NotNull(circuits.Ask(Node));

        circuits.Failed(Node);
        Assert.Equal(clock.GetUtcNow().AddSeconds(10), circuits.Ask(Node));
        clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Null(circuits.Ask(Node));
        circuits.Alive(Node);
        Assert.Null(circuits.Ask(Node));
        Assert.Null(circuits.Ask(Node));
    }

    [Fact]
    public void Whoever_is_heard_of_first_or_after_a_failure_may_be_waited_for_and_otherwise_nobody_is_woken()
    {
        var circuits = new Circuits(clock);
        circuits.Forget(Node);
        Assert.True(circuits.Alive(Node));
        Assert.False(circuits.Alive(Node));
        circuits.Failed(Node);
        Assert.True(circuits.Alive(Node));
        Assert.False(circuits.Alive(Node));
    }

    [Fact]
    public void A_success_between_failures_starts_the_count_again()
    {
        var circuits = new Circuits(clock);
        for (var i = 0; i < 20; i++)
        {
            if (i % 4 == 0)
            {
                circuits.Alive(Node);
            }

            Assert.Null(circuits.Ask(Node));
            circuits.Failed(Node);
        }
    }

    [Fact]
    public void A_probe_that_never_came_back_is_tried_again()
    {
        var circuits = new Circuits(clock);
        for (var i = 0; i < 5; i++)
        {
            circuits.Failed(Node);
        }

        clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Null(circuits.Ask(Node));
        Assert.NotNull(circuits.Ask(Node));
        clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Null(circuits.Ask(Node));
    }

    [Fact]
    public void One_peers_circuit_is_not_anothers()
    {
        var circuits = new Circuits(clock);
        for (var i = 0; i < 5; i++)
        {
            circuits.Failed(Node);
        }

        Assert.NotNull(circuits.Ask(Node));
        Assert.Null(circuits.Ask(new Uri("https://qp.example/")));
    }
}
