using Comity.Protocol;
using Comity.Ui.Languages;

namespace Comity.Directory.Finding;

/// <summary>The words of the directory for a reader.</summary>
internal static class DirectoryWords
{
    /// <summary>A participant's name in the reader's language, else in English, else in any that it gave.</summary>
    public static string Name(this Texts texts, IReadOnlyDictionary<string, string> names) =>
        names.GetValueOrDefault(texts.Language.Code)
        ?? names.GetValueOrDefault("en")
        ?? names.Values.FirstOrDefault()
        ?? "";

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
}
