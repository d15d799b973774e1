using System.Text.Json.Nodes;
using Comity.App.Tests.Nodes;
using Comity.Directory;
using Comity.Kernel.Work;
using Comity.Node.Commands;
using Comity.Protocol;
using Microsoft.Extensions.DependencyInjection;

namespace Comity.App.Tests.Directory;

/// <summary>A directory manager QZ and a State QM, set up through the API, as two nodes on loopback.</summary>
internal sealed class Network : IAsyncDisposable
{
    public const string Passphrase = "seven quiet harbours at dawn";

    private Network(TestNode manager, JsonNode managerMade, TestNode state, JsonNode stateMade)
    {
        Manager = manager;
        ManagerMade = managerMade;
        State = state;
        StateMade = stateMade;
    }

    public TestNode Manager { get; }

    public JsonNode ManagerMade { get; }

    public TestNode State { get; }

    public JsonNode StateMade { get; }

    public string Root => (string)ManagerMade["directory"]!["rootFingerprint"]!;

    public DirectoryQueries Seen => State.Services.GetRequiredService<DirectoryQueries>();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Both nodes are set up; nobody is admitted, nobody follows.</summary>
    public static async Task<Network> SetUpAsync(
        NodePlan? statePlan = null,
        NodePlan? managerPlan = null,
        Store store = Store.Sqlite
    )
    {
        var manager = await TestNode.StartAsync(Store.Sqlite, managerPlan);
        var state = await TestNode.StartAsync(store, statePlan);
        return new Network(
            manager,
            await SetUpAsync(manager, "QZ", manager: true),
            state,
            await SetUpAsync(state, "QM", manager: false)
        );
    }

    /// <summary>QM is admitted, the snapshot published, and QM follows it.</summary>
    public static async Task<Network> FollowedAsync(
        NodePlan? statePlan = null,
        NodePlan? managerPlan = null,
        Store store = Store.Sqlite
    )
    {
        var network = await SetUpAsync(statePlan, managerPlan, store);
        await network.AdmitAsync();
        await network.PublishAsync();
        await network.FollowAsync();
        return network;
    }

    public static Task<JsonNode> SetUpAsync(TestNode node, string code, bool manager) =>
        node.Operator.PostJsonAsync("directory/setup", Request(code, manager), Ct);

    public static JsonObject Request(string code, bool manager) =>
        new()
        {
            ["participant"] = code,
            ["names"] = new JsonObject { ["en"] = $"Republic of {code}", ["fr"] = $"République de {code}" },
            ["offices"] = new JsonArray(Office(code, "technical"), Office(code, "policy"), Office(code, "diplomatic")),
            ["manager"] = manager,
            ["passphrase"] = Passphrase,
        };

    public async Task<JsonNode> AdmitAsync()
    {
        var entry = await State.Operator.GetBytesAsync("directory/own-entry", Ct);
        return await Manager.Operator.PostJsonAsync(
            "directory/admit",
            new JsonObject { ["entry"] = Convert.ToBase64String(entry) },
            Ct
        );
    }

    public Task<JsonNode> PublishAsync() => Manager.Operator.PostJsonAsync("directory/publish", new JsonObject(), Ct);

    public Task<JsonNode> FollowAsync(string? root = null) =>
        State.Operator.PostJsonAsync(
            "directory/follow",
            new JsonObject { ["url"] = Manager.Address.AbsoluteUri, ["root"] = root ?? Root },
            Ct
        );

    public Task<JsonNode> PollAsync() => State.Operator.PostJsonAsync("directory/poll", new JsonObject(), Ct);

    public Task<JsonNode> ShownAsync() => State.Operator.GetJsonAsync("directory", Ct);

    /// <summary>A new key for an office of QM, with the participant key from its offline medium.</summary>
    public Task<JsonNode> NewOfficeKeyAsync(string office = "QM/technical") =>
        State.Operator.PostJsonAsync(
            "keys",
            new JsonObject
            {
                ["office"] = office,
                ["participantKey"] = (string)StateMade["participantKey"]!,
                ["passphrase"] = Passphrase,
            },
            Ct
        );

    public async Task<OfficeCard> CardAsync(string office) =>
        await Seen.OfficeAsync(OfficeName.Parse(office), Ct)
        ?? throw new InvalidOperationException($"QM does not see {office}.");

    /// <summary>Does one piece of work now, as the loop would when it is due.</summary>
    public static async Task<WorkResult> WorkAsync(TestNode node, string kind, string key)
    {
        var handler = node.Services.GetServices<IWorkHandler>().Single(h => h.Kind == kind);
        return await handler.DoAsync(new WorkItem(Guid.CreateVersion7(), kind, key, DateTime.UnixEpoch), Ct);
    }

    public async ValueTask DisposeAsync()
    {
        await State.DisposeAsync();
        await Manager.DisposeAsync();
    }

    private static JsonObject Office(string code, string slug) =>
        new()
        {
            ["slug"] = slug,
            ["kind"] = slug,
            ["mail"] = $"{slug}@{code.ToLowerInvariant()}.example",
        };
}
