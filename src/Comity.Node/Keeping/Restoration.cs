using System.Text.Json.Nodes;
using Comity.Kernel.Data;
using Comity.Kernel.Hosting;
using Comity.Kernel.Keys;
using Comity.Kernel.Modules;
using Comity.Kernel.Viewing;
using Comity.Node.Commands;
using Comity.Node.Hosting;

namespace Comity.Node.Keeping;

/// <summary>
/// Puts a node back from a backup into an empty folder, opens it with its master key, and leaves it the work of asking
/// other nodes to send again what came and went since. What it began is taken away where it does not succeed.
/// </summary>
/// <param name="Folder">The data folder; not there, or empty.</param>
/// <param name="MasterKey">The file with the master key; it is copied.</param>
/// <param name="Database">Where PostgreSQL is, if not where it was.</param>
internal sealed record Restoration(string Folder, string MasterKey, string? Database)
{
    /// <summary>What was under way when the copy was made, and clocks that differ.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromHours(1);

    /// <summary>Nobody keeps what it sent for longer; with a backup that is older, a gap remains.</summary>
    public static readonly TimeSpan KeptByOthers = TimeSpan.FromDays(30) - TimeSpan.FromMinutes(5);

    public async Task<(BackupSheet Sheet, JsonNode Asked)> FromAsync(
        string file,
        ModuleCatalog modules,
        CancellationToken ct
    )
    {
        if (System.IO.Directory.Exists(Folder) && System.IO.Directory.EnumerateFileSystemEntries(Folder).Any())
            throw new CommandException(
                $"{Folder} is not empty. Nothing was restored; name another folder with --data."
            );
        RefuseWhatIsNoKey();
        PrivateFile.Folder(Folder);
        Unfinished.Begin(Folder, Unfinished.Restore);
        try
        {
            var restored = await RestoreAsync(file, modules, ct);
            Unfinished.End(Folder);
            return restored;
        }
        catch
        {
            System.IO.Directory.Delete(Folder, recursive: true);
            throw;
        }
    }

    private async Task<(BackupSheet, JsonNode)> RestoreAsync(string file, ModuleCatalog modules, CancellationToken ct)
    {
        var sheet = await BackupFile.ReadAsync(file, Folder, ct);
        var options = NodeOptions.Load(Folder) with { MasterKeyFile = null };
        if (Database is not null && options.Database is null)
            throw new CommandException(
                "The backup is of a node on SQLite; it cannot be put into PostgreSQL. Nothing was restored."
            );
        options = options with { Database = Database ?? options.Database };
        options.Save();
        PrivateFile.Create(options.MasterKeyPath, await File.ReadAllTextAsync(MasterKey, ct));
        var copy = Path.Combine(Folder, Backup.DatabaseEntry);
        await NodeHost.Database(options).FillAsync(copy, ct);
        File.Delete(copy);
        await OpenAsync(options, modules, ct);
        await using var node = await NodeConnection.OpenAsync(options, modules, ct);
        return (sheet, await node.PostJsonAsync("exchange/resending", new JsonObject { ["since"] = Since(sheet) }, ct));
    }

    private void RefuseWhatIsNoKey()
    {
        try
        {
            Kernel.Sealing.MasterKey.FromFile(MasterKey).Dispose();
        }
        catch (Exception fault) when (fault is FormatException or ArgumentException)
        {
            throw new CommandException($"{MasterKey} is no master key of a node. Nothing was restored.");
        }
    }

    private static DateTime Since(BackupSheet sheet)
    {
        var longest = TimeProvider.System.GetUtcNow().UtcDateTime - KeptByOthers;
        return sheet.Made - Margin > longest ? sheet.Made - Margin : longest;
    }

    // A master key that does not fit has to show now, and not when the first message comes.
    private static async Task OpenAsync(NodeOptions options, ModuleCatalog modules, CancellationToken ct)
    {
        await using var app = NodeHost.Build(options, modules, NodeMode.OneCommand, options.SocketPath);
        await NodeHost.MigrateAsync(app, ct);
        await using var db = app.Services.GetRequiredService<AppDbFactory>().Open(Viewer.System("restore"));
        var key = await app.Services.GetRequiredService<KeyStore>().OpenNodeAsync(db, ct);
    }
}
