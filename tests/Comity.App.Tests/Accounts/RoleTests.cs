using Comity.App.Tests.Exchange;
using Comity.Exchange;
using Comity.Exchange.Acknowledging;
using Comity.Exchange.Sending;
using Comity.Kernel.Modules;
using Comity.Kernel.Outcomes;
using Comity.Kernel.Viewing;

namespace Comity.App.Tests.Accounts;

/// <summary>Somebody may be analyst of one office and duty officer of another.</summary>
public sealed class RoleTests
{
    private static readonly RoleInOffice[] Two =
    [
        new("QM/technical", Role.DutyOfficer),
        new("QM/policy", Role.Analyst),
    ];

    [Fact]
    public void A_role_in_one_office_is_none_in_another()
    {
        var viewer = new Viewer { Name = "person:test", Duties = [.. Two] };
        Assert.True(viewer.May(ExchangeModule.Send));
        Assert.True(viewer.May(ExchangeModule.Send, "QM/policy"));
        Assert.False(viewer.May(ExchangeModule.Send, "QM/technical"));
        Assert.True(viewer.May(ExchangeModule.Acknowledge, "QM/technical"));
        Assert.False(viewer.May(ExchangeModule.Send, "QN/policy"));
    }

    [Fact]
    public async Task The_duty_officer_of_an_office_does_not_send_for_it_and_acknowledges_for_it()
    {
        await using var pair = await Pair.MakeAsync();
        var refused = await pair.Qm.AskAsync<SendMessageHandler, Outcome<MessageAccepted>>(
            h => h.HandleAsync(Pair.Notification("Seen."), default),
            duties: Two
        );
        Assert.Equal("exchange.not-your-office", refused.Problem?.Code);
        Assert.All(await Pair.RowsAsync(pair.Qm), count => Assert.Equal(0, count));

        var accepted = await pair.DeliverAsync(Pair.Notification("Seen."));
        ExchangeNode.Done(
            await pair.Qn.AskAsync<AcknowledgeHandler, Outcome<Acknowledged>>(
                h => h.HandleAsync(new(Guid.Parse(accepted.Id)), default),
                duties: [new("QN/technical", Role.DutyOfficer)]
            )
        );
    }
}
