using System.Formats.Tar;
using System.Security.Cryptography;
using Comity.Kernel.Data;
using Comity.Kernel.Hosting;

namespace Comity.Node.Keeping;

/// <summary>
/// Writes a backup of a node into one file, a plain tar, while the node runs. What is in it stays sealed; the master key
/// that opens it is not in it, and neither is a key of a TLS certificate.
/// </summary>
internal sealed class Backup(NodeOptions options, IDatabase database, TimeProvider clock)
{
    /// <summary>The copy of the database within a backup.</summary>
    public const string DatabaseEntry = "database";

    /// <summary>Writes it beside its place and moves it there when it is whole, so that half a backup never looks like one.</summary>
    /// <exception cref="IOException">There is such a file already, or no room for it.</exception>
    public async Task<BackupSheet> WriteAsync(string file, Action<string> progress, CancellationToken ct)
    {
        var (copy, part) = (file + ".database", file + ".part");
        if (Array.Find([file, copy, part], Path.Exists) is { } there)
            throw new IOException($"{there} is there already. Nothing was written; choose another name.");
        try
        {
            var made = clock.GetUtcNow().UtcDateTime;
            progress("Copying the database; the node may go on …");
            PrivateFile.Create(copy, "");
            await database.CopyAsync(copy, ct);
            var settings = Path.Combine(options.DataFolder, NodeOptions.FileName);
            var sheet = new BackupSheet(
                BackupSheet.Form,
                made,
                options.BaseUrl,
                database.Name,
                [await EntryAsync(settings, NodeOptions.FileName, ct), await EntryAsync(copy, DatabaseEntry, ct)]
            );
            progress($"Writing {sheet.Files.Sum(f => f.Length) / 1_000_000.0:0.0} MB …");
            await PackAsync(part, sheet, [settings, copy], ct);
            File.Move(part, file);
            return sheet;
        }
        finally
        {
            File.Delete(copy);
            File.Delete(part);
        }
    }

    private static async Task PackAsync(string part, BackupSheet sheet, string[] files, CancellationToken ct)
    {
        PrivateFile.Create(part, "");
        await using var stream = new FileStream(part, FileMode.Open, FileAccess.Write);
        await using (var tar = new TarWriter(stream, TarEntryFormat.Pax, leaveOpen: true))
        {
            await using var first = new MemoryStream(sheet.ToOctets(), writable: false);
            await WriteAsync(tar, BackupSheet.Name, first, sheet.Made, ct);
            foreach (var (entry, path) in sheet.Files.Zip(files))
            {
                await using var content = File.OpenRead(path);
                await WriteAsync(tar, entry.Name, content, sheet.Made, ct);
            }
        }
        stream.Flush(flushToDisk: true);
    }

    private static Task WriteAsync(TarWriter tar, string name, Stream content, DateTime at, CancellationToken ct) =>
        tar.WriteEntryAsync(
            new PaxTarEntry(TarEntryType.RegularFile, name)
            {
                DataStream = content,
                Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
                ModificationTime = new DateTimeOffset(at),
            },
            ct
        );

    private static async Task<BackupEntry> EntryAsync(string path, string name, CancellationToken ct)
    {
        await using var content = File.OpenRead(path);
        var digest = await SHA256.HashDataAsync(content, ct);
        return new(name, content.Length, Convert.ToHexStringLower(digest));
    }
}
