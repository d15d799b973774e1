using Comity.Exchange.Reading;

namespace Comity.Exchange.Words;

/// <summary>Marks of a message, once from the side of its author and once from the side of its recipient.</summary>
internal static class MarkWords
{
    public static IReadOnlyDictionary<string, string> OfOurs { get; } =
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [MarkNames.Accepted] = /* T */
                "accepted here",
            [MarkNames.HandedOver] = /* T */
                "handed over to the other node",
            [MarkNames.Stored] = /* T */
                "stored there",
            [MarkNames.Opened] = /* T */
                "opened and checked there",
            [MarkNames.Acknowledged] = /* T */
                "acknowledged by a person there",
            [MarkNames.NotTheRightOffice] = /* T */
                "a person there has it; it is not the right office",
            [MarkNames.Answered] = /* T */
                "answered",
            [MarkNames.Closed] = /* T */
                "closed by its owner",
            [MarkNames.Withdrawn] = /* T */
                "withdrawn by its author",
            [MarkNames.NotDelivered] = /* T */
                "not delivered",
        };

    public static IReadOnlyDictionary<string, string> OfTheirs { get; } =
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [MarkNames.Stored] = /* T */
                "stored here",
            [MarkNames.Opened] = /* T */
                "opened and checked here",
            [MarkNames.Acknowledged] = /* T */
                "acknowledged by our office",
            [MarkNames.NotTheRightOffice] = /* T */
                "our office has it and said that it is not the right one",
            [MarkNames.Answered] = /* T */
                "answered by our office",
            [MarkNames.Closed] = /* T */
                "closed by its owner",
            [MarkNames.Withdrawn] = /* T */
                "withdrawn by its author",
        };

    /// <summary>Why a message is shown and changes nothing.</summary>
    public static IReadOnlyDictionary<string, string> NoEffect { get; } =
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["other-exercise"] = /* T */
                "It says exercise where the conversation is none, or the reverse.",
            ["other-content"] = /* T */
                "It speaks of a message with other content than the one that is here.",
            ["not-entitled"] = /* T */
                "Its author may not say this in this conversation.",
        };
}
