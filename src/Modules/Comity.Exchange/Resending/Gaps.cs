using Comity.Exchange.Data;
using Comity.Kernel.Data;
using Comity.Protocol;
using Comity.Protocol.Signing;
using Microsoft.EntityFrameworkCore;

namespace Comity.Exchange.Resending;

/// <summary>Places that are missing in what another office sent to ours within a conversation: something came after them.</summary>
internal static class Gaps
{
    /// <summary>The lowest ones, no more than one request names.</summary>
    public static async Task<IReadOnlyList<int>> MissingAsync(
        AppDb db,
        Guid conversation,
        OfficeName author,
        CancellationToken ct
    )
    {
        var there = (await Of(db, conversation, author).ToListAsync(ct)).ToHashSet();
        return there.Count == 0
            ? []
            : [.. Enumerable.Range(1, (int)there.Max()).Where(p => !there.Contains(p)).Take(GapRequest.MostPlaces)];
    }

    /// <summary>Whether something before a place is not here.</summary>
    public static async Task<bool> IsBeforeAsync(
        AppDb db,
        Guid conversation,
        OfficeName author,
        long place,
        CancellationToken ct
    ) => await Of(db, conversation, author).Where(p => p < place).Distinct().CountAsync(ct) < place - 1;

    private static IQueryable<long> Of(AppDb db, Guid conversation, OfficeName author) =>
        db.Set<StoredMessage>()
            .Where(m => m.ConversationRow == conversation && m.From == author && m.Place != null)
            .Select(m => m.Place!.Value);
}
