using System.Security.Cryptography;
using System.Text;
using Comity.App.Tests.Directory;
using Comity.Data.Sqlite;
using Comity.Kernel.Data;
using Comity.Kernel.Sealing;
using Comity.Node.Commands;
using Comity.Node.Keeping;
using Microsoft.Extensions.DependencyInjection;

namespace Comity.App.Tests.Nodes;

/// <summary>A backup that is made while the node runs, and what is put back from it.</summary>
public sealed class BackupTests : IDisposable
{
    private readonly string _folder = System.IO.Directory.CreateTempSubdirectory("comity-backup-").FullName;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private string File => Path.Combine(_folder, "node.comity");

    private string Restored => Path.Combine(_folder, "restored");

    public void Dispose() => System.IO.Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(Store.Sqlite)]
    [InlineData(Store.Postgres)]
    public async Task What_is_restored_is_what_was_there_row_for_row(Store store)
    {
        await using var node = await SetUpAsync(store);
        await using var other = await TestStore.CreateAsync(store, Ct);
        var before = await BackUpInAQuietMomentAsync(node, store);

        await RestoreAsync(node, other.ConnectionString);

        var options = Kernel.Hosting.NodeOptions.Load(Restored);
        var after = await Tables.ReadAsync(Node.Hosting.NodeHost.Database(options).Connect(), store);
        Assert.Equal(before.Keys, after.Keys);
        Assert.All(before, table => Assert.Equal(table.Value, after[table.Key]));
        Assert.NotEmpty(before["kernel_key"]);
    }

    [Theory]
    [InlineData(Store.Sqlite)]
    [InlineData(Store.Postgres)]
    public async Task A_backup_made_while_the_node_writes_has_everything_that_was_answered_before(Store store)
    {
        await using var node = await SetUpAsync(store);
        await using var other = await TestStore.CreateAsync(store, Ct);
        using var stop = new CancellationTokenSource();
        var answered = 0;
        var writing = Task.Run(
            async () =>
            {
                while (!stop.IsCancellationRequested)
                {
                    await node.InviteAsync($"Person {answered}");
                    Interlocked.Increment(ref answered);
                }
            },
            Ct
        );
        while (Volatile.Read(ref answered) < 5)
            await Task.Delay(10, Ct);
        var least = Volatile.Read(ref answered);
        await BackUpAsync(node);
        await stop.CancelAsync();
        await writing;

        await RestoreAsync(node, other.ConnectionString);

        var options = Kernel.Hosting.NodeOptions.Load(Restored);
        var after = await Tables.ReadAsync(Node.Hosting.NodeHost.Database(options).Connect(), store);
        Assert.InRange(after["accounts_person"].Count, least, answered);
    }

    [Fact]
    public async Task Without_its_master_key_a_backup_opens_nothing_and_leaves_nothing()
    {
        await using var node = await SetUpAsync(Store.Sqlite);
        await BackUpAsync(node);
        var octets = await System.IO.File.ReadAllBytesAsync(File, Ct);
        var key = (await System.IO.File.ReadAllTextAsync(node.Options.MasterKeyPath, Ct)).Trim();
        Assert.Equal(-1, octets.AsSpan().IndexOf(Encoding.ASCII.GetBytes(key)));
        Assert.Equal(-1, octets.AsSpan().IndexOf(Convert.FromHexString(key)));
        var another = Path.Combine(_folder, "another.key");
        MasterKey.Create(another).Dispose();

        var restoration = new Restoration(Restored, another, null);
        await Assert.ThrowsAnyAsync<CryptographicException>(() =>
            restoration.FromAsync(File, Comity.Node.Rooms.Catalog, Ct)
        );

        Assert.False(Path.Exists(Restored));
    }

    [Fact]
    public async Task A_backup_that_was_cut_or_changed_is_refused_and_leaves_nothing()
    {
        await using var node = await SetUpAsync(Store.Sqlite);
        await BackUpAsync(node);
        var good = await System.IO.File.ReadAllBytesAsync(File, Ct);
        var damaged = Path.Combine(_folder, "damaged.comity");
        foreach (var at in Enumerable.Range(1, 19).Select(i => good.Length / 20 * i))
        {
            await System.IO.File.WriteAllBytesAsync(damaged, good[..at], Ct);
            await RefusedAsync(node, damaged);
            await System.IO.File.WriteAllBytesAsync(damaged, Changed(good, at), Ct);
            await RefusedAsync(node, damaged);
        }
    }

    [Fact]
    public async Task Nothing_is_written_over_a_node_or_over_a_backup()
    {
        await using var node = await SetUpAsync(Store.Sqlite);
        await BackUpAsync(node);
        await Assert.ThrowsAsync<IOException>(() => BackUpAsync(node));
        var over = new Restoration(node.Options.DataFolder, node.Options.MasterKeyPath, null);
        await Assert.ThrowsAsync<CommandException>(() => over.FromAsync(File, Comity.Node.Rooms.Catalog, Ct));
        Assert.NotEmpty((await node.Operator.GetJsonAsync("keys", Ct)).AsArray());
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, System.IO.File.GetUnixFileMode(File));
        Assert.Equal([File], System.IO.Directory.GetFiles(_folder));
    }

    private static byte[] Changed(byte[] octets, int at)
    {
        var changed = octets.ToArray();
        changed[at] ^= 0x40;
        return changed;
    }

    private async Task RefusedAsync(TestNode node, string file)
    {
        var restoration = new Restoration(Restored, node.Options.MasterKeyPath, null);
        await Assert.ThrowsAsync<DamagedBackupException>(() =>
            restoration.FromAsync(file, Comity.Node.Rooms.Catalog, Ct)
        );
        Assert.False(Path.Exists(Restored));
    }

    private static async Task<TestNode> SetUpAsync(Store store)
    {
        var node = await TestNode.StartAsync(store);
        await Network.SetUpAsync(node, "QM", manager: true);
        return node;
    }

    private Task<BackupSheet> BackUpAsync(TestNode node) =>
        new Backup(node.Options, node.Services.GetRequiredService<IDatabase>(), TimeProvider.System).WriteAsync(
            File,
            _ => { },
            Ct
        );

    // What the node does by itself meanwhile (it publishes its directory) belongs into neither or into both.
    private async Task<SortedDictionary<string, List<string>>> BackUpInAQuietMomentAsync(TestNode node, Store store)
    {
        var database = node.Services.GetRequiredService<IDatabase>();
        for (var attempt = 1; ; attempt++)
        {
            var before = await Tables.ReadAsync(database.Connect(), store);
            await BackUpAsync(node);
            var after = await Tables.ReadAsync(database.Connect(), store);
            if (before.All(table => table.Value.SequenceEqual(after[table.Key], StringComparer.Ordinal)))
                return before;
            Assert.True(attempt < 20, "The node never rests.");
            System.IO.File.Delete(File);
            await Task.Delay(TimeSpan.FromMilliseconds(250), Ct);
        }
    }

    private Task RestoreAsync(TestNode node, string? database) =>
        new Restoration(Restored, node.Options.MasterKeyPath, database).FromAsync(File, Comity.Node.Rooms.Catalog, Ct);
}
