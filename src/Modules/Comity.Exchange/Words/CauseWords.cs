using System.Globalization;
using Comity.Ui.Languages;

namespace Comity.Exchange.Words;

/// <summary>Why something was not delivered, and who can do something about it.</summary>
internal static class CauseWords
{
    private const string Http = "http-";

    private const string NoWay = /* T */
        "The address in their entry is not one that this node may send to.";

    private const string NoAnswer = /* T */
        "Their node cannot be reached. It is tried again by itself.";

    public static IReadOnlyDictionary<string, string> Table { get; } =
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["unknown-office"] = /* T */
                "No directory that is followed here lists this office.",
            ["directory-stale"] = /* T */
                "The directory was not confirmed for a day; it is sent as soon as it is.",
            ["own-key"] = /* T */
                "Our office has no usable key. The operator of this node can make one.",
            ["key-not-yet-valid"] = /* T */
                "Their key is not valid yet.",
            ["key-expired"] = /* T */
                "Their key has expired; their node was told.",
            ["key-revoked"] = /* T */
                "Their key is revoked; their node was told.",
            ["key-revoked-compromised"] = /* T */
                "Their key is revoked as compromised; their node was told.",
            ["key-missing"] = /* T */
                "Their entry has no key; their node was told.",
            ["key-signs-only"] = /* T */
                "Their key only signs, and nothing can be sealed to it; their node was told.",
            ["key-refused"] = /* T */
                "Their key is of a kind that is not accepted here.",
            ["refused"] = /* T */
                "Their node refused it.",
            ["refused-so-far"] = /* T */
                "Their node has refused it so far. It is tried again by itself.",
            ["clocks-apart"] = /* T */
                "Their clock and ours are too far apart, so their node refuses it. It is tried again by itself; our operator can see whose clock is wrong.",
            ["address-port"] = NoWay,
            ["patience-over"] = /* T */
                "Their node was not reached for a long time, and it is not tried any more.",
            ["receipt-wrong"] = /* T */
                "What their node gave as a receipt is none.",
            ["address-not-https"] = NoWay,
            ["address-not-public"] = NoWay,
            ["address-malformed"] = NoWay,
            ["address-not-resolved"] = NoAnswer,
            ["connection"] = NoAnswer,
            ["timeout"] = NoAnswer,
            ["tls"] = NoAnswer,
            ["answer-too-long"] = NoAnswer,
        };

    /// <summary>In English, for programs and terminals.</summary>
    public static string English(string code) => Table.GetValueOrDefault(code, code);

    public static string Of(Texts texts, string code)
    {
        if (Table.ContainsKey(code))
            return texts.Say(Table, code);
        return
            code.StartsWith(Http, StringComparison.Ordinal)
            && int.TryParse(code.AsSpan(Http.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var status)
            ? texts.T(
                "Their node answered with an error ({status}).",
                ("status", status.ToString(CultureInfo.InvariantCulture))
            )
            : texts.T("The cause has no words here: {code}", ("code", code));
    }
}
