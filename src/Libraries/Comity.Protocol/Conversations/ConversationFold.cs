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
    public static ConversationState Fold(IEnumerable<ConversationFact> facts, IReadOnlySet<OfficeName> own)
    {
        var all = facts.ToList();
        List<MessageFact> messages =
        [
            .. all.OfType<MessageFact>()
                .DistinctBy(fact => fact.Digest)
                .OrderBy(fact => fact.Message.Created)
                .ThenBy(fact => fact.Digest),
        ];
        // Every message of a conversation shows the same, whichever is here: nobody becomes the owner by a time.
        var opening = messages.Count == 0 ? null : messages[0].Message;
        var index = new FactIndex(all, messages);
        var exercise = opening is not null && opening.OpenedBy.Id(exercise: true) == opening.Conversation;
        var owner = opening?.OpenedBy.Office;
        var judged = messages.ToDictionary(fact => fact.Digest, fact => EffectOf.Message(fact, index, exercise, owner));
        var effective = messages.Where(fact => judged[fact.Digest] is null && !IsParked(fact, judged)).ToList();
        index.Take(effective);
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
            messages.Find(fact => fact.Message.Opening is null)?.Digest,
            exercise,
            index.Closed is not null,
            [.. Chains.Gaps(messages, own)],
            [.. Chains.Forks(messages, own)]
        );
    }

    private static bool IsParked(MessageFact fact, Dictionary<Digest, NoEffect?> known) =>
        fact.Message.InReplyTo is { } parent && !known.ContainsKey(parent.Digest);
}
