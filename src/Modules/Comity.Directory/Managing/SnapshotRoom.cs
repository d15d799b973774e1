using Comity.Directory.Data;
using Comity.Kernel.Data;
using Comity.Protocol.Directories;
using Microsoft.EntityFrameworkCore;

namespace Comity.Directory.Managing;

/// <summary>
/// Whether a snapshot with one more entry, or a longer one, is still one that followers read: what is too large for one
/// of them is lost to all.
/// </summary>
internal static class SnapshotRoom
{
    /// <summary>Root, delegation, header and the names between.</summary>
    private const int Around = 4 * 1024 * 1024;

    public static async Task<bool> IsLeftAsync(AppDb db, CheckedEntry coming, CancellationToken ct)
    {
        var code = coming.Core.Code;
        var others = db.Set<AdmittedEntry>().Where(a => a.Participant != code);
        var octets = await others
            .Join(db.Set<EntryVersion>(), a => a.Current, v => v.Digest, (a, v) => (long)v.Octets.Length)
            .SumAsync(ct);
        return IsLeft(await others.CountAsync(ct), octets, coming.Source.Octets.Length);
    }

    public static bool IsLeft(int others, long octets, int coming) =>
        others < SnapshotFile.MaxEntries && octets + others + coming + Around <= SnapshotFile.MaxOctets;
}
