namespace Comity.Exchange.Words;

/// <summary>Kinds of messages that this version reads and writes.</summary>
internal static class KindWords
{
    public static IReadOnlyDictionary<string, string> Table { get; } =
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["notification"] = /* T */
                "Notification",
            ["update"] = /* T */
                "Update",
            ["information"] = /* T */
                "Information",
            ["acknowledgement"] = /* T */
                "Acknowledgement",
            ["clarification-request"] = /* T */
                "Request for clarification",
            ["clarification"] = /* T */
                "Clarification",
            ["consultation-request"] = /* T */
                "Request for consultation",
            ["closure"] = /* T */
                "Closure",
            ["withdrawal"] = /* T */
                "Withdrawal",
            ["given-back"] = /* T */
                "Message given back",
        };
}
