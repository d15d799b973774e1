using System.Text.Json.Nodes;
using Comity.App.Tests.Nodes;
using Comity.Node.Commands;
using Comity.OpenPgp;
using Microsoft.Extensions.Time.Testing;

namespace Comity.App.Tests.Directory;

/// <summary>Sixty days before an office key ends, its office and the directory manager are told, and when it has ended.</summary>
public sealed class EndingKeyTests
{
    private static readonly DateTimeOffset Start = new(2026, 5, 4, 8, 0, 0, TimeSpan.Zero);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Office_and_manager_are_told_sixty_days_before_a_key_ends_and_when_it_has_ended()
    {
        var clock = new FakeTimeProvider(Start);
        var plan = new NodePlan { Clock = clock };
        await using var network = await Network.FollowedAsync(plan, plan);
        await ShortLivedKeyAsync(network, TimeSpan.FromDays(70));
        await network.AdmitAsync();
        Assert.Equal(["ok"], await StatesAsync(network.Manager));
        Assert.DoesNotContain("QM/technical", await ManagedAsync(network), StringComparison.Ordinal);
        Assert.DoesNotContain("keys create", await DeskAsync(network), StringComparison.Ordinal);

        clock.Advance(TimeSpan.FromDays(11));
        Assert.Equal(["warn"], await StatesAsync(network.Manager));
        Assert.Contains("ends on 2026-07-13: 59 days left", await SaidAsync(network.Manager), StringComparison.Ordinal);
        Assert.Contains("QM/technical", await ManagedAsync(network), StringComparison.Ordinal);
        Assert.Contains("in 59 days", await ManagedAsync(network), StringComparison.Ordinal);
        var desk = await DeskAsync(network);
        Assert.Contains("The key of QM/technical ends on 13 July 2026.", desk, StringComparison.Ordinal);
        Assert.Contains("comity keys create --office QM/technical", desk, StringComparison.Ordinal);
        var shown = string.Join('\n', DirectoryText.Lines(await network.ShownAsync()));
        Assert.Contains("59 days left", shown, StringComparison.Ordinal);

        clock.Advance(TimeSpan.FromDays(60));
        Assert.Contains("ended on 2026-07-13", await SaidAsync(network.Manager), StringComparison.Ordinal);
        Assert.Contains("key expired", await ManagedAsync(network), StringComparison.Ordinal);
        Assert.Contains(
            "The key of QM/technical ended on 13 July 2026: nothing can be sealed to this office.",
            await DeskAsync(network),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "EXPIRED on 2026-07-13",
            string.Join('\n', DirectoryText.Lines(await network.ShownAsync())),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Whoever_manages_no_directory_is_told_of_nobody_elses_keys()
    {
        await using var network = await Network.FollowedAsync();
        Assert.Empty(await StatesAsync(network.State));
        Assert.Equal(["ok"], await StatesAsync(network.Manager));
    }

    private static async Task ShortLivedKeyAsync(Network network, TimeSpan life)
    {
        using var key = SecretKey.Create(
            KeyProfile.Office,
            "QM/technical <technical@qm.example>",
            Start.UtcDateTime,
            life
        );
        var body = new JsonObject
        {
            ["armoured"] = key.Export(Network.Passphrase),
            ["passphrase"] = Network.Passphrase,
            ["office"] = "QM/technical",
            ["participantKey"] = (string)network.StateMade["participantKey"]!,
            ["participantPassphrase"] = Network.Passphrase,
        };
        await network.State.Operator.PostJsonAsync("keys/import", body, Ct);
    }

    private static async Task<IReadOnlyList<JsonNode>> LinesAsync(TestNode node) =>
        [
            .. (await node.Operator.GetJsonAsync("doctor", Ct))
                .AsArray()
                .Where(l => (string)l!["name"]! == "directory.keys")
                .OfType<JsonNode>(),
        ];

    private static async Task<IEnumerable<string>> StatesAsync(TestNode node) =>
        (await LinesAsync(node)).Select(l => (string)l["state"]!);

    private static async Task<string> SaidAsync(TestNode node) =>
        string.Join('\n', (await LinesAsync(node)).Select(l => (string)l["sentence"]!));

    // What the manager reads of those whom it admitted.
    private static async Task<string> ManagedAsync(Network network)
    {
        using var browser = await network.Manager.SignInAsync("Person One", "QZ/technical", "directory-manager");
        var page = (await browser.GoAsync("/directory")).Document;
        return string.Concat(page.QuerySelectorAll("td[data-label='Keys to be renewed']").Select(c => c.TextContent));
    }

    private static async Task<string> DeskAsync(Network network)
    {
        using var browser = await network.State.SignInAsync("Person Two", "QM/technical", "duty-officer");
        return (await browser.GoAsync("/desk")).Text;
    }
}
