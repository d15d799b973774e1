using Comity.Protocol;
using Comity.Protocol.Messages;

namespace Comity.Libraries.Tests.Protocol.Messages;

public sealed class KindsTests
{
    [Fact]
    public void Every_kind_has_its_rule() => Assert.Equal(Enum.GetValues<MessageKind>(), Kinds.All.Select(r => r.Kind));

    [Fact]
    public void This_version_understands_these_kinds() =>
        Assert.Equal(
            [
                "acknowledgement",
                "clarification",
                "clarification-request",
                "closure",
                "consultation-request",
                "error",
                "given-back",
                "information",
                "key-notice",
                "notification",
                "receipt",
                "resend-request",
                "update",
                "withdrawal",
            ],
            Kinds.All.Where(rule => rule.Implemented).Select(rule => rule.Kind.Code()).Order(StringComparer.Ordinal)
        );

    [Fact]
    public void Receipt_and_acknowledgement_carry_that_they_are_receipt_only()
    {
        Assert.Equal([FixedStatements.ReceiptOnly], Kinds.Of(MessageKind.Receipt).Statements);
        Assert.Equal([FixedStatements.ReceiptOnly], Kinds.Of(MessageKind.Acknowledgement).Statements);
    }

    [Theory]
    [InlineData(MessageKind.Notification)]
    [InlineData(MessageKind.MitigationRequest)]
    [InlineData(MessageKind.ClarificationRequest)]
    [InlineData(MessageKind.Clarification)]
    [InlineData(MessageKind.Measures)]
    [InlineData(MessageKind.AssistanceRequest)]
    [InlineData(MessageKind.AssistanceOffer)]
    public void What_could_be_read_as_blame_or_duty_carries_the_fixed_statements(MessageKind kind) =>
        Assert.Equal(
            ["no-responsibility", "no-duty-to-monitor", "within-law-and-capacity"],
            Kinds.Of(kind).Statements.Select(statement => statement.Id)
        );

    [Theory]
    [InlineData(MessageKind.Withdrawal)]
    [InlineData(MessageKind.Closure)]
    public void What_ends_something_says_that_what_was_sent_stays(MessageKind kind) =>
        Assert.Equal([FixedStatements.StaysWhereItIs], Kinds.Of(kind).Statements);

    [Fact]
    public void An_acknowledgement_is_no_answer() =>
        Assert.All(Kinds.All, rule => Assert.DoesNotContain(MessageKind.Acknowledgement, rule.AnsweredBy));
}
