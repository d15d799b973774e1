using Comity.Protocol;

namespace Comity.Exchange.Reading;

/// <summary>A conversation in which something may wait, by what stands in clear.</summary>
/// <param name="Id">Row.</param>
/// <param name="OpenedBy">Whose it is.</param>
/// <param name="Opened">When, by our clock.</param>
/// <param name="Own">Our office opened it.</param>
/// <param name="Exercise">It is an exercise.</param>
/// <param name="Unacknowledged">Nobody of ours has acknowledged something in it.</param>
/// <param name="Octets">Of its messages, sealed: what opening it takes.</param>
internal sealed record OpenOne(
    Guid Id,
    ParticipantCode OpenedBy,
    DateTime Opened,
    bool Own,
    bool Exercise,
    bool Unacknowledged,
    long Octets
);

/// <summary>
/// Which of them are opened for one desk. A fair choice: the first of everybody before the second of anybody. Of one
/// participant what is real comes before exercises and what nobody acknowledged before the rest; then the oldest and the
/// newest by turns, so that neither what is old nor what is urgent now is lost among the others.
/// </summary>
internal static class DeskChoice
{
    /// <summary>So many are opened for one desk.</summary>
    public const int Most = 400;

    /// <summary>So many of those that one other participant opened.</summary>
    public const int MostOfOne = 50;

    /// <summary>So much is opened for one desk.</summary>
    public const long MostOctets = 64L << 20;

    /// <summary>So much of what one participant opened.</summary>
    public const long MostOctetsOfOne = 16L << 20;

    public static IReadOnlyList<Guid> Of(IReadOnlyCollection<OpenOne> open) =>
        [
            .. Within(
                    open.GroupBy(c => c.OpenedBy)
                        .SelectMany(g =>
                            Within(InTurn(g), g.Any(c => c.Own) ? MostOctets : MostOctetsOfOne)
                                .Select((one, rank) => (One: one, Rank: rank))
                        )
                        .Where(c => c.One.Own || c.Rank < MostOfOne)
                        .OrderBy(c => c.Rank)
                        .ThenBy(c => c.One.Opened)
                        .Select(c => c.One)
                        .Take(Most),
                    MostOctets
                )
                .Select(c => c.Id),
        ];

    private static IEnumerable<OpenOne> InTurn(IEnumerable<OpenOne> of) =>
        of.GroupBy(c => (c.Exercise, !c.Unacknowledged)).OrderBy(g => g.Key).SelectMany(FromBothEnds);

    private static IEnumerable<OpenOne> FromBothEnds(IEnumerable<OpenOne> of)
    {
        var byAge = of.OrderBy(c => c.Opened).ThenBy(c => c.Id).ToList();
        for (int first = 0, last = byAge.Count - 1; first <= last; first++, last--)
        {
            yield return byAge[first];
            if (first < last)
                yield return byAge[last];
        }
    }

    // One that is too large is left out; a smaller one after it may still have room.
    private static IEnumerable<OpenOne> Within(IEnumerable<OpenOne> of, long octets)
    {
        foreach (var one in of)
        {
            if (one.Octets > octets)
                continue;
            octets -= one.Octets;
            yield return one;
        }
    }
}
