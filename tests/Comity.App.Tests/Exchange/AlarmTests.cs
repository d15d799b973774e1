using Comity.Exchange.Alarming;
using Comity.Exchange.Data;
using Comity.Exchange.Receipts;
using Comity.Kernel.Outcomes;
using Comity.Post;
using Comity.Protocol;
using Comity.Protocol.Signing;
using Microsoft.EntityFrameworkCore;

namespace Comity.App.Tests.Exchange;

public sealed class AlarmTests
{
    [Fact]
    public async Task The_same_from_the_same_office_is_one_open_alarm_with_a_count()
    {
        await using var pair = await Pair.MakeAsync();
        for (var i = 0; i < 5; i++)
            await RefusedAsync(pair, $"Old {i}.");
        var alarm = Assert.Single((await Pair.DeskAsync(pair.Qn)).Alarms);
        Assert.Equal(("too-old", 5), (alarm.Code, alarm.Count));
        // One alarm, one notice.
        Assert.Single(await Pair.WaitingAsync(pair.Qn));
    }

    [Fact]
    public async Task The_same_envelope_that_is_tried_again_is_not_counted_twice()
    {
        await using var pair = await Pair.MakeAsync();
        var envelope = await RefusedAsync(pair, "Old.");
        Assert.IsType<Reception.Refused>(await Pair.HandInAsync(pair.Qm, pair.Qn, envelope));
        var alarm = Assert.Single((await Pair.DeskAsync(pair.Qn)).Alarms);
        Assert.Equal(1, alarm.Count);
        await SettleAsync(pair.Qn, alarm.Id);
        Assert.IsType<Reception.Refused>(await Pair.HandInAsync(pair.Qm, pair.Qn, envelope));
        Assert.Empty((await Pair.DeskAsync(pair.Qn)).Alarms);
    }

    [Fact]
    public async Task A_person_puts_an_alarm_aside_and_the_next_one_is_new()
    {
        await using var pair = await Pair.MakeAsync();
        await RefusedAsync(pair, "Old.");
        var alarm = Assert.Single((await Pair.DeskAsync(pair.Qn)).Alarms);
        Assert.True((await SettleAsync(pair.Qn, alarm.Id)).IsDone);
        Assert.Empty((await Pair.DeskAsync(pair.Qn)).Alarms);
        await RefusedAsync(pair, "Old again.");
        Assert.NotEqual(alarm.Id, Assert.Single((await Pair.DeskAsync(pair.Qn)).Alarms).Id);
    }

    [Fact]
    public async Task Another_office_neither_sees_an_alarm_nor_puts_it_aside()
    {
        await using var pair = await Pair.MakeAsync();
        await RefusedAsync(pair, "Old.");
        var alarm = Assert.Single((await Pair.DeskAsync(pair.Qn)).Alarms);
        Assert.Empty((await Pair.DeskAsync(pair.Qn, "QN/policy")).Alarms);
        var outcome = await SettleAsync(pair.Qn, alarm.Id, "QN/policy");
        Assert.Equal("exchange.no-such-alarm", outcome.Problem?.Code);
        Assert.Single((await Pair.DeskAsync(pair.Qn)).Alarms);
    }

    [Fact]
    public async Task An_error_about_something_that_was_never_sent_there_is_refused()
    {
        await using var pair = await Pair.MakeAsync();
        var accepted = await pair.DeliverAsync(Pair.Notification("Seen."));
        var sent = MessageId.Parse(accepted.Id);
        var made = MessageId.New(pair.Qm.Clock.GetUtcNow().UtcDateTime);
        Assert.Equal("error-for-nothing", Refusal(await TellAsync(pair, "too-old", made)));
        Assert.Equal("error-for-nothing", Refusal(await TellAsync(pair, "too-old", null)));
        Assert.Equal("error-for-nothing", Refusal(await TellAsync(pair, "too-old", sent, "QN/policy")));
        Assert.Empty((await Pair.DeskAsync(pair.Qm)).Alarms);
        Assert.IsType<Reception.Accepted>(await TellAsync(pair, "too-old", sent));
        Assert.Single((await Pair.DeskAsync(pair.Qm)).Alarms);
    }

    [Fact]
    public async Task A_peer_makes_up_no_codes_of_its_own()
    {
        await using var pair = await Pair.MakeAsync();
        var accepted = await pair.DeliverAsync(Pair.Notification("Seen."));
        for (var i = 0; i < 3; i++)
            await TellAsync(pair, $"made-up-{i}", MessageId.Parse(accepted.Id));
        var alarm = Assert.Single((await Pair.DeskAsync(pair.Qm)).Alarms);
        Assert.Equal(Alarms.OtherCode, alarm.Code);
    }

    [Fact]
    public void A_peer_gets_so_many_notices_in_an_hour_and_no_more()
    {
        var clock = new Microsoft.Extensions.Time.Testing.FakeTimeProvider();
        var limit = new NoticeLimit(clock);
        var (loud, quiet) = (ParticipantCode.Parse("QM"), ParticipantCode.Parse("QN"));
        Assert.Equal(NoticeLimit.PerHour, Enumerable.Range(0, 100).Count(_ => limit.TryTake(loud)));
        Assert.True(limit.TryTake(quiet));
        clock.Advance(TimeSpan.FromHours(1));
        Assert.True(limit.TryTake(loud));
    }

    private static string? Refusal(Reception reception) => Assert.IsType<Reception.Refused>(reception).Reason;

    /// <summary>QM's node hands in something that QN refuses.</summary>
    private static async Task<ReadOnlyMemory<byte>> RefusedAsync(Pair pair, string seen)
    {
        var message = Forging.Notification(pair.Qm, "QN/technical", seen);
        message = message with { Created = message.Created.AddDays(-31) };
        var envelope = await Forging.SealAsync(pair.Qm, pair.Qn, message);
        Assert.IsType<Reception.Refused>(await Pair.HandInAsync(pair.Qm, pair.Qn, envelope));
        return envelope;
    }

    private static Task<Outcome<AlarmSettled>> SettleAsync(ExchangeNode node, Guid alarm, string? office = null) =>
        node.AskAsync<SettleAlarmHandler, Outcome<AlarmSettled>>(h => h.HandleAsync(new(alarm), default), office);

    /// <summary>QN's node says that it could not take something of QM's.</summary>
    private static async Task<Reception> TellAsync(
        Pair pair,
        string code,
        MessageId? message,
        string office = "QN/technical"
    )
    {
        await using var db = pair.Qn.Open();
        var notice = new ErrorNotice
        {
            Code = code,
            Office = OfficeName.Parse(office),
            To = pair.Qm.Technical,
            Message = message,
            At = Instants.InMilliseconds(pair.Qn.Clock.GetUtcNow().UtcDateTime),
        };
        var signed = await pair.Qn.Get<NodeSigning>().SignAsync(db, notice, default);
        return await Pair.HandInAsync(pair.Qn, pair.Qm, signed!.Value, ParcelRoute.Returns);
    }
}
