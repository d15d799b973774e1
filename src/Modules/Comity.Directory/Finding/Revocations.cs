using Comity.Directory.Data;
using Comity.Kernel.Data;
using Comity.Protocol.Directories;
using Microsoft.EntityFrameworkCore;

namespace Comity.Directory.Finding;

/// <summary>
/// Participant keys that somebody has shown to be revoked. A revocation proves itself, so it counts for every source
/// that names the key, whoever brought it.
/// </summary>
internal static class Revocations
{
    /// <summary>By fingerprint, an entry whose certificate shows it.</summary>
    public static async Task<IReadOnlyDictionary<string, CheckedEntry>> LoadAsync(AppDb db, CancellationToken ct)
    {
        var shown = await db.Set<EntryVersion>()
            .AsNoTracking()
            .Where(v => v.Source == EntryVersion.Revocation)
            .Select(v => v.Octets)
            .ToListAsync(ct);
        return shown
            .Select(octets => EntryCheck.FromOwnStorage(octets))
            .OfType<CheckedEntry>()
            .GroupBy(e => e.Fingerprint)
            .ToDictionary(g => g.Key, g => g.First());
    }
}
