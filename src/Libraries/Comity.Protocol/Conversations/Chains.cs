namespace Comity.Protocol.Conversations;

/// <summary>Gaps and contradictions in what one office sent to another within a conversation.</summary>
internal static class Chains
{
    /// <summary>A chain that claims a place far ahead must not make us list every place before it.</summary>
    private const int MaxGaps = 100;

    public static IEnumerable<ChainGap> Gaps(IEnumerable<MessageFact> messages, IReadOnlySet<OfficeName> own) =>
        from chain in ByChain(messages, own)
        let present = chain.Select(link => link.Sequence).ToHashSet()
        from missing in Missing(present).Take(MaxGaps)
        select new ChainGap(chain.Key.Author, chain.Key.Office, missing);

    public static IEnumerable<ChainFork> Forks(IEnumerable<MessageFact> messages, IReadOnlySet<OfficeName> own) =>
        from chain in ByChain(messages, own)
        from place in chain.GroupBy(link => link.Sequence).OrderBy(place => place.Key)
        where IsForked(place.ToList(), chain.Where(link => link.Sequence == place.Key - 1).ToList())
        select new ChainFork(chain.Key.Author, chain.Key.Office, place.Key);

    private static bool IsForked(List<Place> here, List<Place> before) =>
        here.Count > 1 || before.Exists(link => link.Digest != here[0].Previous);

    private static IEnumerable<long> Missing(HashSet<long> present)
    {
        var last = present.Max();
        for (long sequence = 1; sequence < last; sequence++)
        {
            if (!present.Contains(sequence))
            {
                yield return sequence;
            }
        }
    }

    private static IEnumerable<IGrouping<(OfficeName Author, OfficeName Office), Place>> ByChain(
        IEnumerable<MessageFact> messages,
        IReadOnlySet<OfficeName> own
    ) =>
        messages
            .SelectMany(fact =>
                fact.Message.Chain.Where(link => own.Contains(fact.Message.From) || own.Contains(link.Office))
                    .Select(link => (fact.Message.From, link.Office, Place: Of(fact, link)))
            )
            .GroupBy(item => (Author: item.From, item.Office), item => item.Place)
            .OrderBy(chain => chain.Key);

    private static Place Of(MessageFact fact, Messages.ChainLink link) =>
        new(link.Sequence, fact.Digest, link.Previous);

    private sealed record Place(long Sequence, Digest Digest, Digest? Previous);
}
