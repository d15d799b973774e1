using System.Collections.Concurrent;
using System.Collections.Immutable;
using Comity.Protocol;
using Microsoft.EntityFrameworkCore;

namespace Comity.Kernel.Data;

/// <summary>Interns audiences, and tells which of them a viewer belongs to.</summary>
public sealed class Audiences
{
    private readonly ConcurrentDictionary<string, int> _known = new(StringComparer.Ordinal);

    /// <summary>
    /// The number of an audience, made where it is new; call it inside a write. Who belongs to an audience that was
    /// not there when they were resolved sees it from here on.
    /// </summary>
    public async Task<int> IdAsync(AppDb db, Audience audience, CancellationToken ct)
    {
        var id = _known.TryGetValue(audience.Key, out var known) ? known : await InternAsync(db, audience, ct);
        if (db.Viewer.BelongsTo(audience))
            db.SeeToo(id);
        return id;
    }

    private async Task<int> InternAsync(AppDb db, Audience audience, CancellationToken ct)
    {
        // Two writers may want the same new audience; the unique key decides, and both read the one row.
        await db.Database.ExecuteSqlAsync(
            $"""INSERT INTO kernel_audience ("Key") VALUES ({audience.Key}) ON CONFLICT DO NOTHING""",
            ct
        );
        var id = await db.Set<AudienceRow>().Where(a => a.Key == audience.Key).Select(a => a.Id).SingleAsync(ct);
        db.AfterCommit(() => _known[audience.Key] = id);
        return id;
    }

    /// <summary>
    /// Makes the audiences of these offices before anybody acts for them, so that what a viewer belongs to is complete
    /// when the viewer is resolved. Call it in the write that makes an office.
    /// </summary>
    public async Task PrepareAsync(AppDb db, IReadOnlyList<Standing> offices, CancellationToken ct)
    {
        foreach (var key in KeysOf(offices))
            await IdAsync(db, new Audience(key), ct);
    }

    /// <summary>Everything that a person of these offices may see.</summary>
    public static async Task<ImmutableArray<int>> SeenAsync(
        AppDb db,
        IReadOnlyList<Standing> offices,
        CancellationToken ct
    )
    {
        var keys = KeysOf(offices);
        var participants = offices.Select(o => o.Office.Participant.ToString()).ToHashSet(StringComparer.Ordinal);
        var rows = await db.Set<AudienceRow>()
            .AsNoTracking()
            .Where(a => keys.Contains(a.Key) || a.Key.StartsWith("named:"))
            .ToListAsync(ct);
        return
        [
            .. rows.Where(r => keys.Contains(r.Key) || new Audience(r.Key).Members.Any(participants.Contains))
                .Select(r => r.Id),
        ];
    }

    /// <summary>The audiences by name to which these offices belong, named ones left aside.</summary>
    public static ImmutableHashSet<string> KeysOf(IReadOnlyList<Standing> offices)
    {
        var keys = ImmutableHashSet.CreateBuilder<string>(StringComparer.Ordinal);
        keys.Add(Audience.Public.Key);
        foreach (var (office, kind) in offices)
        {
            keys.Add(Audience.AllParticipants.Key);
            keys.Add(Audience.Own(office.Participant).Key);
            keys.Add(Audience.Office(office).Key);
            keys.Add(Audience.OfficesOfKind(kind).Key);
        }
        return keys.ToImmutable();
    }

    /// <summary>An office that somebody acts for, and its kind.</summary>
    public sealed record Standing(OfficeName Office, string Kind);
}
