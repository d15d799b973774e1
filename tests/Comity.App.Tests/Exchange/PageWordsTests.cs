using Comity.Exchange.Acknowledging;
using Comity.Exchange.Receiving;
using Comity.Exchange.Words;
using Comity.Protocol;
using Comity.Protocol.Conversations;
using Comity.Protocol.Envelopes;
using Comity.Protocol.Messages;

namespace Comity.App.Tests.Exchange;

public sealed class PageWordsTests
{
    [Fact]
    public void Every_kind_that_travels_sealed_has_a_word() =>
        Assert.All(
            Kinds.All.Where(k => k is { Implemented: true, Sealed: true }),
            k => Assert.Contains(k.Kind.Code(), KindWords.Table.Keys)
        );

    [Fact]
    public void Every_refusal_has_a_sentence() =>
        Assert.All(
            Enum.GetNames<EnvelopeRefusal>().Select(Spelling.Hyphens),
            code => Assert.Contains(code, RefusalWords.Table.Keys)
        );

    [Fact]
    public void Every_reason_for_no_effect_has_a_sentence() =>
        Assert.All(
            Enum.GetNames<NoEffect>().Select(Spelling.Hyphens),
            code => Assert.Contains(code, MarkWords.NoEffect.Keys)
        );

    [Fact]
    public void The_fixed_statements_stand_on_pages_as_the_protocol_has_them() =>
        Assert.Equal(
            FixedStatements.All.ToDictionary(s => s.Id, s => s.English).OrderBy(s => s.Key, StringComparer.Ordinal),
            ContentWords.Statements.OrderBy(s => s.Key, StringComparer.Ordinal)
        );

    [Fact]
    public void Times_are_proposed_for_the_hours_of_the_office_and_never_in_the_past()
    {
        var now = new DateTime(2026, 5, 3, 2, 7, 0, DateTimeKind.Utc);
        var zone = TimeZoneInfo.FindSystemTimeZoneById("Asia/Kathmandu");
        var asked = now.AddHours(30);

        var offered = AnswerTimes.From(now, zone, asked);

        Assert.Equal(offered.Order().Distinct(), offered);
        Assert.All(offered, time => Assert.True(time > now && time.Kind == DateTimeKind.Utc));
        Assert.Contains(asked, offered);
        // Nine o'clock of the next morning at 5:45 east of Greenwich.
        Assert.Contains(new DateTime(2026, 5, 4, 3, 15, 0, DateTimeKind.Utc), offered);
        Assert.DoesNotContain(now.AddHours(-1), AnswerTimes.From(now, null, now.AddHours(-1)));
    }
}
