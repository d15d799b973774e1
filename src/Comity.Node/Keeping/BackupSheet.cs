using System.Text.Json;

namespace Comity.Node.Keeping;

/// <summary>The first entry of a backup: of what it is, from when, and what each further entry must be.</summary>
/// <param name="Format">Always <see cref="Form"/>.</param>
/// <param name="Made">When the copy of the database was begun: everything accepted before is in it (UTC).</param>
/// <param name="Node">The address of the node.</param>
/// <param name="Database"><c>sqlite</c> or <c>postgres</c>.</param>
/// <param name="Files">The entries that follow, in their order.</param>
internal sealed record BackupSheet(
    string Format,
    DateTime Made,
    Uri Node,
    string Database,
    IReadOnlyList<BackupEntry> Files
)
{
    public const string Form = "comity/backup+v1";
    public const string Name = "backup.json";
    public const int MostOctets = 64 * 1024;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public byte[] ToOctets() => JsonSerializer.SerializeToUtf8Bytes(this, Json);

    /// <summary>Null where it is none of ours.</summary>
    public static BackupSheet? Read(ReadOnlySpan<byte> octets)
    {
        try
        {
            return JsonSerializer.Deserialize<BackupSheet>(octets, Json) is { Format: Form } sheet ? sheet : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>One file of a backup.</summary>
/// <param name="Name">Its name in the backup; no path.</param>
/// <param name="Length">Octets.</param>
/// <param name="Sha256">Its digest, hexadecimal.</param>
internal sealed record BackupEntry(string Name, long Length, string Sha256);
