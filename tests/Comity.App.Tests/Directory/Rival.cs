using System.Text.Json.Nodes;
using Comity.App.Tests.Nodes;
using Comity.Directory;
using Comity.Directory.Confirming;
using Comity.Kernel.Viewing;
using Comity.Node.Commands;
using Microsoft.Extensions.DependencyInjection;

namespace Comity.App.Tests.Directory;

/// <summary>A second directory QX that lists an impostor as QM, and QN, which follows the first one.</summary>
internal sealed class Rival : IAsyncDisposable
{
    private readonly TestNode _manager;
    private readonly string _root;

    private Rival(TestNode manager, string root, TestNode follower, string impostor)
    {
        _manager = manager;
        _root = root;
        Follower = follower;
        Impostor = impostor;
    }

    public TestNode Follower { get; }

    /// <summary>Fingerprint of the impostor's participant key.</summary>
    public string Impostor { get; }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static async Task<Rival> MakeAsync(Network network)
    {
        var follower = await TestNode.StartAsync(Store.Sqlite);
        await Network.SetUpAsync(follower, "QN", manager: false);
        await FollowAsync(follower, network.Manager, network.Root);
        var manager = await TestNode.StartAsync(Store.Sqlite);
        var made = await Network.SetUpAsync(manager, "QX", manager: true);
        await using var impostor = await TestNode.StartAsync(Store.Sqlite);
        var self = await Network.SetUpAsync(impostor, "QM", manager: false);
        var entry = await impostor.Operator.GetBytesAsync("directory/own-entry", Ct);
        await manager.Operator.PostJsonAsync(
            "directory/admit",
            new JsonObject { ["entry"] = Convert.ToBase64String(entry) },
            Ct
        );
        await manager.Operator.PostJsonAsync("directory/publish", new JsonObject(), Ct);
        return new Rival(
            manager,
            (string)made["directory"]!["rootFingerprint"]!,
            follower,
            (string)self["fingerprint"]!
        );
    }

    public Task FollowRivalAsync() => FollowAsync(Follower, _manager, _root);

    public Task<JsonNode> PollAsync() => Follower.Operator.PostJsonAsync("directory/poll", new JsonObject(), Ct);

    /// <summary>QM as QN sees it.</summary>
    public async Task<ParticipantCard> SeenAsync() =>
        (await Follower.Services.GetRequiredService<DirectoryQueries>().ParticipantsAsync(Ct)).Single(p =>
            p.Code.Value == "QM"
        );

    /// <summary>At the socket.</summary>
    public Task<JsonNode> ConfirmAsync(string by) =>
        Follower.Operator.PostJsonAsync(
            "directory/confirm",
            new JsonObject
            {
                ["participant"] = "QM",
                ["fingerprint"] = Impostor,
                ["by"] = by,
            },
            Ct
        );

    /// <summary>As somebody who has signed in.</summary>
    public async Task<ConfirmedKey> ConfirmAsync(Guid person, string name)
    {
        await using var scope = Follower.Services.CreateAsyncScope();
        var viewer = Viewer.System("test") with { PersonId = person, DisplayName = name };
        var outcome = await scope
            .ServiceProvider.GetRequiredService<ConfirmKeyHandler>()
            .HandleAsync(new ConfirmKey("QM", Impostor), viewer, Ct);
        return outcome.Value;
    }

    public async ValueTask DisposeAsync()
    {
        await Follower.DisposeAsync();
        await _manager.DisposeAsync();
    }

    private static Task<JsonNode> FollowAsync(TestNode follower, TestNode manager, string root) =>
        follower.Operator.PostJsonAsync(
            "directory/follow",
            new JsonObject { ["url"] = manager.Address.AbsoluteUri, ["root"] = root },
            Ct
        );
}
