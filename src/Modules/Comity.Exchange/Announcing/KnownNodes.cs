using Comity.Directory;
using Comity.Exchange.Data;
using Comity.Kernel.Data;
using Comity.Protocol;
using Microsoft.EntityFrameworkCore;

namespace Comity.Exchange.Announcing;

/// <summary>
/// The nodes that a participant of this node is known to: of those with whom its offices correspond, the latest first, and
/// of the managers of the directories that name them, who tell the others.
/// </summary>
internal sealed class KnownNodes(DirectoryQueries directory)
{
    private const int MostConversations = 10_000;
    private const int MostNodes = 500;

    public async Task<IReadOnlyList<Uri>> OfAsync(AppDb db, ParticipantCode participant, CancellationToken ct)
    {
        var all = await directory.ParticipantsAsync(ct);
        var ours = all.Where(p => p.Home && p.Code == participant).SelectMany(p => p.Offices).Select(o => o.Office);
        var others = all.Where(p => !p.Home && !p.Revoked && p.Offices.Count > 0).ToDictionary(p => p.Code);
        var managers = others
            .Values.SelectMany(p => p.Offices)
            .Select(o => o.OriginDirectory)
            .OfType<ParticipantCode>();
        return
        [
            .. managers
                .Distinct()
                .Concat(await CorrespondentsAsync(db, [.. ours], ct))
                .Select(code => others.GetValueOrDefault(code)?.Offices[0].NodeUrl)
                .OfType<Uri>()
                .Distinct()
                .Take(MostNodes),
        ];
    }

    private static async Task<IEnumerable<ParticipantCode>> CorrespondentsAsync(
        AppDb db,
        List<OfficeName> ours,
        CancellationToken ct
    ) =>
        (
            await db.Set<Conversation>()
                .AsNoTracking()
                .Where(c => ours.Contains(c.Home))
                .OrderByDescending(c => c.Latest)
                .Select(c => c.Parties)
                .Take(MostConversations)
                .ToListAsync(ct)
        )
            .SelectMany(parties => parties.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Select(office => OfficeName.Parse(office).Participant)
            .Distinct();
}
