using Comity.Exchange.Reading;

namespace Comity.Exchange.Words;

/// <summary>Why a line stands on the desk, and what a conversation waits for.</summary>
internal static class DeskWords
{
    public static IReadOnlyDictionary<string, string> Table { get; } =
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [DeskWhy.Acknowledge] = /* T */
                "waits for an acknowledgement",
            [DeskWhy.Answer] = /* T */
                "acknowledged, an answer is asked for",
            [DeskWhy.AnswerAsked] = /* T */
                "an answer is asked for",
            [DeskWhy.Late] = /* T */
                "came after the conversation was closed",
            [DeskWhy.New] = /* T */
                "new, asks for nothing",
            [DeskWhy.NotDelivered] = /* T */
                "not delivered",
            [DeskWhy.NotAcknowledged] = /* T */
                "not acknowledged yet",
            [DeskWhy.NotAnswered] = /* T */
                "acknowledged, not answered yet",
            [DeskWhy.NoAnswerYet] = /* T */
                "no answer yet",
            ["closed"] = /* T */
                "closed",
            ["quiet"] = /* T */
                "nothing waits",
        };
}
