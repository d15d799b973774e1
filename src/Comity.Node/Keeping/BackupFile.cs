using System.Formats.Tar;
using System.Security.Cryptography;
using Comity.Kernel.Hosting;

namespace Comity.Node.Keeping;

/// <summary>Reads a backup, entry after entry, and believes none before its length and digest are those of the sheet.</summary>
internal static class BackupFile
{
    /// <summary>Reads the whole, and writes its files into a folder where one is named.</summary>
    /// <exception cref="DamagedBackupException">It is no backup, or not whole.</exception>
    public static async Task<BackupSheet> ReadAsync(string file, string? into, CancellationToken ct)
    {
        try
        {
            await using var stream = File.OpenRead(file);
            await using var tar = new TarReader(stream);
            var sheet = await SheetAsync(await tar.GetNextEntryAsync(cancellationToken: ct), ct);
            foreach (var entry in sheet.Files)
                await TakeAsync(await tar.GetNextEntryAsync(cancellationToken: ct), entry, into, ct);
            return sheet;
        }
        catch (Exception fault) when (fault is InvalidDataException or EndOfStreamException or FormatException)
        {
            throw new DamagedBackupException(fault.Message);
        }
    }

    private static async Task<BackupSheet> SheetAsync(TarEntry? first, CancellationToken ct)
    {
        if (first is not { Name: BackupSheet.Name, Length: > 0 and <= BackupSheet.MostOctets, DataStream: { } content })
            throw new DamagedBackupException("it does not begin as one");
        var octets = new byte[first.Length];
        await content.ReadExactlyAsync(octets, ct);
        return BackupSheet.Read(octets)
            ?? throw new DamagedBackupException("its first entry is not one of this version");
    }

    private static async Task TakeAsync(TarEntry? entry, BackupEntry expected, string? into, CancellationToken ct)
    {
        if (entry?.DataStream is not { } content || entry.Name != expected.Name || entry.Length != expected.Length)
            throw new DamagedBackupException($"{expected.Name} is missing or of another length");
        if (Path.GetFileName(expected.Name) != expected.Name)
            throw new DamagedBackupException("it names a path");
        await using var to = into is null ? Stream.Null : New(Path.Combine(into, expected.Name));
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[1 << 20];
        for (int read; (read = await content.ReadAsync(buffer, ct)) > 0; )
        {
            digest.AppendData(buffer, 0, read);
            await to.WriteAsync(buffer.AsMemory(0, read), ct);
        }
        if (Convert.ToHexStringLower(digest.GetHashAndReset()) != expected.Sha256)
            throw new DamagedBackupException($"{expected.Name} was changed");
        if (to is FileStream written)
            written.Flush(flushToDisk: true);
    }

    private static FileStream New(string path)
    {
        PrivateFile.Create(path, "");
        return new FileStream(path, FileMode.Open, FileAccess.Write);
    }
}

/// <summary>A file is no backup, or not the whole of one.</summary>
internal sealed class DamagedBackupException(string why) : Exception(why);
