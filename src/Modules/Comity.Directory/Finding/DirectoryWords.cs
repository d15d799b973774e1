using Comity.Protocol;
using Comity.Ui.Languages;

namespace Comity.Directory.Finding;

/// <summary>The words of the directory for a reader.</summary>
internal static class DirectoryWords
{
    /// <summary>Only the words of a participant's name, to sort by and for the title of a window; its code where it gave none.</summary>
    public static string Name(this Texts texts, ParticipantCode code, IReadOnlyDictionary<string, string> names) =>
        GivenName.Of(names, texts.Language)?.Text ?? code.Value;

    /// <summary>A kind of office; one that a directory added is shown as it is written there.</summary>
    public static string KindOfOffice(this Texts texts, string kind) =>
        kind switch
        {
            "technical" => texts.T("technical"),
            "policy" => texts.T("policy"),
            "diplomatic" => texts.T("diplomatic"),
            "legal" => texts.T("legal"),
            _ => kind,
        };

    public static string CustodyOf(this Texts texts, OfficeCard card) =>
        card.Custody switch
        {
            Custody.OwnProgram => texts.T("A person's own program holds the key."),
            Custody.OwnNode => texts.T("The participant's own node holds the key."),
            _ => texts.T(
                "The node of {host} holds the key: its operators can read.",
                ("host", card.HostedBy?.Value ?? "?")
            ),
        };

    public static string Alert(this Texts texts, AlertLine alert) =>
        texts.T(alert.Text, ("directory", alert.Directory), ("participant", alert.Participant ?? ""));

    /// <summary>Why a directory was not followed this time.</summary>
    public static string Following(this Texts texts, string problem) =>
        problem switch
        {
            "timeout" or "unreachable" => texts.T("Its node cannot be reached."),
            "older" => texts.T("It showed an older snapshot than the one known here."),
            "fork" or "chain-broken" => texts.T("It showed another history than the one known here."),
            "other-root" or "other-directory" => texts.T("It showed another root than the one that was pinned."),
            "malformed" or "entries-differ" or "header-not-signed" => texts.T(
                "What it sent is not what it signed, or has not the agreed form."
            ),
            "delegation-not-valid" or "delegation-too-long" or "too-few-root-signatures" => texts.T(
                "Its root keys do not vouch for the key that signed."
            ),
            _ => texts.T("The cause has the code {code}.", ("code", problem)),
        };
}
