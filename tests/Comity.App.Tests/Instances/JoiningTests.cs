using System.Security.Cryptography;
using Comity.App.Tests.Directory;
using Comity.App.Tests.Nodes;
using Comity.Kernel.Data;
using Comity.Node;
using Comity.Node.Commands;
using Microsoft.EntityFrameworkCore;

namespace Comity.App.Tests.Instances;

/// <summary>What a further instance has to bring, and what it is told where something of it is wrong.</summary>
public sealed class JoiningTests : IDisposable
{
    private readonly string _folder = System.IO.Directory.CreateTempSubdirectory("comity-joining-").FullName;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private string Data => Path.Combine(_folder, "data");

    [Fact]
    public async Task The_database_and_the_master_key_of_a_node_say_what_its_address_is()
    {
        await using var node = await MadeAsync();
        Assert.Equal(node.Address, await AddressAsync(node, node.Options.MasterKeyPath));
    }

    [Fact]
    public async Task Another_master_key_is_refused_and_so_is_what_is_none()
    {
        await using var node = await MadeAsync();
        await RefusedAsync(
            node,
            Written(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32))),
            "does not open"
        );
        await RefusedAsync(node, Written("not a key"), "is no master key");
    }

    [Fact]
    public async Task A_database_without_a_node_in_it_is_refused()
    {
        await using var store = await TestStore.CreateAsync(Store.Postgres, Ct);
        var joining = new Joining(Data, store.ConnectionString!, Written(new string('0', 64)));
        var refused = await Assert.ThrowsAsync<CommandException>(() => joining.AddressAsync(Rooms.Catalog, Ct));
        Assert.Contains("`comity init` makes the first instance", refused.Message, StringComparison.Ordinal);
        await using var node = await TestNode.StartAsync(Store.Postgres);
        await RefusedAsync(node, node.Options.MasterKeyPath, "no node in the database");
    }

    [Fact]
    public async Task A_database_of_another_version_is_refused()
    {
        await using var node = await MadeAsync();
        await using var db = node.OpenDatabase();
        await db.Database.ExecuteSqlRawAsync(
            """INSERT INTO "__EFMigrationsHistory" VALUES ('29990101000000_Later', '10.0.0')""",
            Ct
        );
        await Assert.ThrowsAsync<NewerDatabaseException>(() => AddressAsync(node, node.Options.MasterKeyPath));
        await db.Database.ExecuteSqlRawAsync("""DELETE FROM "__EFMigrationsHistory" """, Ct);
        await RefusedAsync(node, node.Options.MasterKeyPath, "no node in the database");
    }

    [Fact]
    public async Task Nothing_is_written_into_a_folder_in_which_something_is()
    {
        await using var node = await MadeAsync();
        System.IO.Directory.CreateDirectory(Data);
        await File.WriteAllTextAsync(Path.Combine(Data, "something"), "", Ct);
        await RefusedAsync(node, node.Options.MasterKeyPath, "is not empty");
    }

    public void Dispose() => System.IO.Directory.Delete(_folder, recursive: true);

    private static async Task<TestNode> MadeAsync()
    {
        var node = await TestNode.StartAsync(Store.Postgres);
        await Network.SetUpAsync(node, "QM", manager: false);
        return node;
    }

    private string Written(string key)
    {
        var path = Path.Combine(_folder, "key");
        File.WriteAllText(path, key);
        return path;
    }

    private Task<Uri> AddressAsync(TestNode node, string masterKey) =>
        new Joining(Data, node.Options.Database!, masterKey).AddressAsync(Rooms.Catalog, Ct);

    private async Task RefusedAsync(TestNode node, string masterKey, string why)
    {
        var refused = await Assert.ThrowsAsync<CommandException>(() => AddressAsync(node, masterKey));
        Assert.Contains(why, refused.Message, StringComparison.Ordinal);
        Assert.Contains("Nothing was done", refused.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(Data, "node.json")));
    }
}
