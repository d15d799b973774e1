using Comity.Exchange.Words;
using Comity.Protocol.Messages;
using Comity.Ui.Languages;
using Row = Comity.Ui.Components.Indicator;

namespace Comity.Exchange.Reading;

/// <summary>Indicators and hashes of a notification as rows of one table.</summary>
internal static class IndicatorLines
{
    private const string FileHash = "file-hash:";

    public static IReadOnlyList<Row> Of(Texts texts, NotificationFields said) =>
        [
            .. said.Indicators.Select(i => new Row(Kind(texts, i.Type), Value(i), Note(texts, i))),
            .. said.Hashes.Select(h => new Row(h.Algorithm, h.Value, h.Note)),
        ];

    private static string Kind(Texts texts, string type) =>
        type.StartsWith(FileHash, StringComparison.Ordinal)
            ? type[FileHash.Length..]
            : texts.Say(ContentWords.Indicators, type);

    private static string Value(Indicator indicator) =>
        indicator.Value.Length > 0 ? indicator.Value : indicator.Pattern ?? "";

    private static string? Note(Texts texts, Indicator indicator)
    {
        List<string> said = [];
        if (indicator.FirstSeen is { } first)
            said.Add(texts.T("first seen {time}", ("time", first)));
        if (indicator is { Value.Length: > 0, Pattern: { } pattern })
            said.Add(pattern);
        if (indicator.Note is { Length: > 0 } note)
            said.Add(note);
        return said.Count == 0 ? null : string.Join(" · ", said);
    }
}
