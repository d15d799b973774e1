using Comity.Protocol.Messages;

namespace Comity.Exchange.Words;

/// <summary>What stands in a message.</summary>
internal static class ContentWords
{
    public static IReadOnlyDictionary<Relation, string> Relations { get; } =
        new Dictionary<Relation, string>
        {
            [Relation.InvolvesYourTerritory] = /* T */
                "It appears to originate from or involve your territory",
            [Relation.MayAffectYou] = /* T */
                "It may affect you",
            [Relation.ForInformation] = /* T */
                "For information",
        };

    public static IReadOnlyDictionary<Answer, string> Answers { get; } =
        new Dictionary<Answer, string>
        {
            [Answer.Yes] = /* T */
                "Yes",
            [Answer.No] = /* T */
                "No",
            [Answer.Unknown] = /* T */
                "Not known",
        };

    /// <summary>How soon an asker hopes for an answer.</summary>
    public static IReadOnlyDictionary<string, string> Priorities { get; } =
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["routine"] = /* T */
                "routine",
            ["priority"] = /* T */
                "priority",
            ["immediate"] = /* T */
                "immediate",
        };

    /// <summary>The fixed statements by their ids, in the wording of the protocol.</summary>
    public static IReadOnlyDictionary<string, string> Statements { get; } =
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["no-responsibility"] = /* T */
                "This message does not imply that the State addressed is responsible for what it describes.",
            ["no-duty-to-monitor"] = /* T */
                "This message creates no duty to monitor.",
            ["within-law-and-capacity"] = /* T */
                "What is asked is asked within domestic and international law and within capacity, as reasonable and feasible.",
            ["receipt-only"] = /* T */
                "Receipt only; no agreement with the content and no position on facts or origin.",
            ["stays-where-it-is"] = /* T */
                "What has been sent stays with those who have it.",
        };

    public static IReadOnlyDictionary<string, string> Indicators { get; } =
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["ipv4-addr"] = /* T */
                "IPv4 address",
            ["ipv6-addr"] = /* T */
                "IPv6 address",
            ["domain-name"] = /* T */
                "Domain name",
            ["url"] = /* T */
                "Web address",
            ["email-addr"] = /* T */
                "Mail address",
            ["file-hash"] = /* T */
                "Hash of a file",
            ["file-name"] = /* T */
                "File name",
            ["mutex"] = /* T */
                "Mutex",
            ["windows-registry-key"] = /* T */
                "Registry key",
            ["mac-addr"] = /* T */
                "MAC address",
            ["autonomous-system"] = /* T */
                "Autonomous system",
            ["x509-certificate"] = /* T */
                "Certificate",
            ["stix-pattern"] = /* T */
                "STIX pattern",
            ["other"] = /* T */
                "Other",
        };

    /// <summary>Sectors that a sender may name by a common word; any other is shown as it was written.</summary>
    public static IReadOnlyDictionary<string, string> Sectors { get; } =
        new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            ["health"] = /* T */
                "health",
            ["energy"] = /* T */
                "energy",
            ["water"] = /* T */
                "water",
            ["sanitation"] = /* T */
                "sanitation",
            ["transport"] = /* T */
                "transport",
            ["finance"] = /* T */
                "finance",
            ["education"] = /* T */
                "education",
            ["telecommunications"] = /* T */
                "telecommunications",
            ["government"] = /* T */
                "government",
            ["elections"] = /* T */
                "elections",
        };
}
