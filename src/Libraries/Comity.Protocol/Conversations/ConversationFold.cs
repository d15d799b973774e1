using Comity.Protocol.Messages;

namespace Comity.Protocol.Conversations;

/// <summary>
/// Folds the facts of a conversation to its state. The result depends on the set of facts only: marks are added and
/// never taken away, and where two facts say the same the earliest counts.
/// </summary>
public static class ConversationFold
{
    /// <summary>Folds facts.</summary>
    /// <param name="facts">What is known, in any order, with any repetition.</param>
    /// <param name="own">
    /// Our offices. Only chains from or to them can be judged here: what others sent to others is not for us to see.
    /// </param>
    /// <param name="opener">
    /// Who opened the conversation, as it was stored with its first message; null where that is not known. A time of
    /// making is its author's word, so whoever says that it wrote earlier does not become the owner by it.
    /// </param>
    public static ConversationState Fold(
        IEnumerable<ConversationFact> facts,
        IReadOnlySet<OfficeName> own,
        OfficeName? opener
    )
    {
        var all = facts.ToList();
        List<MessageFact> messages =
        [
            .. all.OfType<MessageFact>()
                .DistinctBy(fact => fact.Digest)
                .OrderBy(fact => fact.Message.Created)
                .ThenBy(fact => fact.Digest),
        ];
        var byOpener = messages.FindAll(fact => opener is null || fact.Message.From == opener);
        var opening =
            byOpener.Find(fact => fact.Message.InReplyTo is null)
            ?? byOpener.FirstOrDefault()
            ?? messages.FirstOrDefault();
        var index = new FactIndex(all, messages);
        var exercise = opening?.Message.Exercise ?? false;
        var owner = opener ?? opening?.Message.From;
        var judged = messages.ToDictionary(fact => fact.Digest, fact => EffectOf.Message(fact, index, exercise, owner));
        var effective = messages.Where(fact => judged[fact.Digest] is null && !IsParked(fact, judged)).ToList();
        index.Take(effective);
        var closed = effective.Any(fact => fact.Message.Kind == MessageKind.Closure);
        return new ConversationState(
            [
                .. messages.Select(fact => new MessageState(
                    fact.Digest,
                    fact.Message,
                    [.. MarksOf.Recipients(fact, index, own)],
                    IsParked(fact, judged),
                    judged[fact.Digest]
                )),
            ],
            owner,
            exercise,
            closed,
            [.. Chains.Gaps(messages, own)],
            [.. Chains.Forks(messages, own)]
        );
    }

    private static bool IsParked(MessageFact fact, Dictionary<Digest, NoEffect?> known) =>
        fact.Message.InReplyTo is { } parent && !known.ContainsKey(parent.Digest);
}
