using Comity.Exchange.Reading;
using Comity.Kernel;
using Comity.Protocol;

namespace Comity.App.Tests.Exchange;

public sealed class DeskChoiceTests
{
    private static readonly DateTime Start = new(2026, 5, 3, 0, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void What_is_urgent_now_is_not_left_out_behind_what_is_old()
    {
        var old = Many("QM", 300, unacknowledged: false);
        var drills = Many("QM", 300, exercise: true);
        var urgent = One("QM", 1000);
        var oldest = One("QM", -1);
        var chosen = DeskChoice.Of([.. old, .. drills, urgent, oldest, .. Many("QM", 100)]);
        Assert.Equal(DeskChoice.MostOfOne, chosen.Count);
        Assert.Contains(urgent.Id, chosen);
        Assert.Contains(oldest.Id, chosen);
        Assert.DoesNotContain(chosen, id => drills.Any(d => d.Id == id));
    }

    [Fact]
    public void No_participant_makes_looking_at_the_desk_dear()
    {
        var large = Many("QX", 50, octets: 8 << 20);
        var small = One("QM", 1);
        var chosen = DeskChoice.Of([.. large, small]);
        Assert.Contains(small.Id, chosen);
        Assert.True(large.Where(l => chosen.Contains(l.Id)).Sum(l => l.Octets) <= DeskChoice.MostOctetsOfOne);
        var many = Enumerable.Range(0, 26).SelectMany(i => Many($"Q{(char)('A' + i)}", 2, octets: 8 << 20)).ToList();
        Assert.True(DeskChoice.Of(many).Count * (8L << 20) <= DeskChoice.MostOctets);
    }

    [Fact]
    public void One_participant_fills_the_alarms_of_a_desk_for_nobody()
    {
        var flood = Enumerable.Range(0, 500).Select(i => Alarm("QX/technical", i + 10)).ToList();
        var other = Alarm("QM/technical", 0);
        var chosen = AlarmChoice.Of([.. flood, other]);
        Assert.Equal(AlarmChoice.MostOfOne + 1, chosen.Count);
        Assert.Contains(other.Id, chosen);
        Assert.Contains(flood[^1].Id, chosen);
    }

    private static OpenAlarm Alarm(string other, int minute) =>
        new(Ids.New(TimeProvider.System), OfficeName.Parse(other), Start.AddMinutes(minute));

    private static List<OpenOne> Many(
        string by,
        int count,
        bool exercise = false,
        bool unacknowledged = true,
        long octets = 1000
    ) => [.. Enumerable.Range(0, count).Select(i => One(by, i, exercise, unacknowledged, octets))];

    private static OpenOne One(
        string by,
        int minute,
        bool exercise = false,
        bool unacknowledged = true,
        long octets = 1000
    ) =>
        new(
            Ids.New(TimeProvider.System),
            ParticipantCode.Parse(by),
            Start.AddMinutes(minute),
            Own: false,
            exercise,
            unacknowledged,
            octets
        );
}
