using System.Security.Cryptography;
using Comity.Data.Postgres;
using Comity.Kernel.Data;
using Comity.Kernel.Hosting;
using Comity.Kernel.Keys;
using Comity.Kernel.Modules;
using Comity.Kernel.Sealing;
using Comity.Kernel.Viewing;
using Microsoft.EntityFrameworkCore;

namespace Comity.Node.Commands;

/// <summary>
/// Lays the folder of a further instance of a node, once the database and the master key have shown themselves to be those
/// of one. Until then nothing is written.
/// </summary>
/// <param name="Folder">The data folder; not there, or empty.</param>
/// <param name="Database">The PostgreSQL database that the instances share.</param>
/// <param name="MasterKeyFile">The file with the node's master key; it is copied.</param>
internal sealed record Joining(string Folder, string Database, string MasterKeyFile)
{
    /// <summary>The address of the node, under which others reach all of its instances.</summary>
    public async Task<Uri> AddressAsync(ModuleCatalog modules, CancellationToken ct)
    {
        if (System.IO.Directory.Exists(Folder) && System.IO.Directory.EnumerateFileSystemEntries(Folder).Any())
            throw new CommandException($"{Folder} is not empty. Nothing was done; name another folder with --data.");
        using var master = Master();
        await using var db = new AppDbFactory(new PostgresDatabase(Database), modules).Open(Viewer.System("join"));
        var held = await NodeKeyAsync(db, ct);
        try
        {
            using var key = new KeyStore(new Vault(master), TimeProvider.System).OpenNode(held);
        }
        catch (CryptographicException)
        {
            throw new CommandException(
                $"The master key in {MasterKeyFile} does not open what is in the database. Nothing was done; name a copy of "
                    + "the first instance's master.key."
            );
        }
        return new Uri(held.Subject);
    }

    /// <summary>Writes the folder: settings and master key.</summary>
    public void Lay(NodeOptions options)
    {
        PrivateFile.Folder(Folder);
        PrivateFile.Create(options.MasterKeyPath, File.ReadAllText(MasterKeyFile));
        options.Save();
    }

    // Its subject is the address of the node.
    private static async Task<HeldKey> NodeKeyAsync(AppDb db, CancellationToken ct)
    {
        var standing = await Schema.LookAsync(db, ct);
        if (standing == SchemaStanding.Older)
            throw new CommandException(
                "The database is of an older version of this program. Nothing was done; start the first instance with this "
                    + "version, and join then."
            );
        var keys = db.Set<HeldKey>().AsNoTracking().Where(k => k.Purpose == KeyPurpose.Node);
        var newest =
            standing == SchemaStanding.Empty
                ? null
                : await keys.OrderByDescending(k => k.Created).FirstOrDefaultAsync(ct);
        return newest
            ?? throw new CommandException(
                "There is no node in the database. Nothing was done; `comity init` makes the first instance."
            );
    }

    private MasterKey Master()
    {
        try
        {
            return MasterKey.FromFile(MasterKeyFile);
        }
        catch (Exception fault) when (fault is FormatException or ArgumentException)
        {
            throw new CommandException($"{MasterKeyFile} is no master key of a node. Nothing was done.");
        }
    }
}
