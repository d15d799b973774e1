using Comity.Ui.Languages;

namespace Comity.Exchange.Words;

/// <summary>Codes of the protocol in the reader's words. A code that no table knows is shown as it is: it came from elsewhere.</summary>
internal static class WordTables
{
    public static string Say(this Texts texts, IReadOnlyDictionary<string, string> table, string code) =>
        table.TryGetValue(code, out var english) ? texts.T(english) : code;
}
