using System.Text.Json.Nodes;
using Comity.Node.Commands;
using Comity.System.Tests.Demonstration;

namespace Comity.System.Tests.Faults;

/// <summary>A node that is killed, or stopped, and started where there is no room.</summary>
public sealed class DiskStartTests
{
    private const int MostTries = 400;
    private const string Full = "kernel.disk-full";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_node_that_is_started_without_room_goes_on_when_there_is_some()
    {
        await using var nodes = await Neighbourhood.PlanAsync(Store.Sqlite);
        var node = nodes.Other;
        await using var disk = await SmallDisk.MountAsync(node.Folder, 4, owner: 0, node.StopAsync);
        global::System.IO.Directory.CreateDirectory(nodes.Temporary);
        await node.MakeAsync(manager: false, Ct);
        await node.StartAsync(Ct);
        var guests = 0;
        disk.Fill();
        while ((await InviteAsync(node)).Ending == Ending.Accepted)
            Assert.InRange(++guests, 0, MostTries);

        // What a killed process left is enough to look and to wait.
        await node.KillAsync();
        await node.StartAsync(Ct);
        Assert.Equal(Full, (await InviteAsync(node)).Code);
        Assert.True(node.IsUp);
        disk.Empty();
        Assert.Equal(Ending.Accepted, (await InviteAsync(node)).Ending);

        // Without anything to go on with, it says what is missing.
        await node.StopAsync();
        // Its log could not be written for a while either, and is written again.
        Assert.Contains("is shutting down", LogOf(node), StringComparison.Ordinal);
        disk.Fill();
        var refused = await Said.ByAsync(["serve", "--data", node.Folder]);
        Assert.Contains("There is no room left on the disk", refused.Errors, StringComparison.Ordinal);
        disk.Empty();
        await node.StartAsync(Ct);
        Assert.Equal(Ending.Accepted, (await InviteAsync(node)).Ending);
    }

    private static string LogOf(FaultNode node) =>
        string.Concat(
            global::System
                .IO.Directory.EnumerateFiles(Path.Combine(node.Folder, "log"))
                .Order(StringComparer.Ordinal)
                .Select(File.ReadAllText)
        );

    private static Task<Answered> InviteAsync(FaultNode node) =>
        node.TryPostAsync(
            "accounts/invite",
            new JsonObject
            {
                ["name"] = "Duty officer",
                ["offices"] = Json.Array([node.Office]),
                ["roles"] = Json.Array(["duty-officer"]),
            },
            Ct
        );
}
