using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Comity.Eng;

/// <summary>Writes states.json: one line for a region, one for a State, so that a review shows what changed.</summary>
internal static class StatesJson
{
    // Letters as they are; the file is data of a program and never part of a page.
    private static readonly JavaScriptEncoder Readable = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;

    // Whoever gets the file alone learns where the names are from, and what it does not say.
    private const string Source =
        "Names as the United Nations writes them, compared with records of UNTERM that others keep; those that are not "
        + "verified are named with what is known of them. Codes of ISO 3166-1; regions of the M49 standard, which groups for "
        + "statistics only. docs/states.md of Comity says more.";

    public static string Of(StateNames states)
    {
        var text = new StringBuilder("{\n");
        text.Append($"  \"asOf\": {Quoted(states.Review.AsOf)},\n");
        text.Append($"  \"source\": {Quoted(Source)},\n");
        text.Append($"  \"languages\": [{string.Join(", ", StateReview.Languages.Select(Quoted))}],\n");
        Rows(text, "regions", states.Review.Regions.Select(Region));
        text.Append(",\n");
        Rows(text, "states", states.States.Select(State));
        return text.Append("\n}\n").ToString();
    }

    private static void Rows(StringBuilder text, string name, IEnumerable<string> rows) =>
        text.Append($"  \"{name}\": [\n    ").AppendJoin(",\n    ", rows).Append("\n  ]");

    private static string Region(ReviewedRegion region)
    {
        var within = region.Within is null ? "" : $", \"within\": {Quoted(region.Within)}";
        return $"{{ \"number\": {Quoted(region.Number)}{within}, \"names\": {Names(l => region.Names[l])} }}";
    }

    private static string State(NamedState state) =>
        $"{{ \"alpha2\": {Quoted(state.Alpha2)}, \"alpha3\": {Quoted(state.Alpha3)}, \"number\": {Quoted(state.Number)}, "
        + $"\"membership\": \"{(state.IsObserver ? "observer" : "member")}\", \"region\": {Quoted(state.Region)}, "
        + $"\"short\": {Names(l => state.Names[(l, "short")])}, \"formal\": {Names(l => state.Names[(l, "formal")])}"
        + $"{Unverified(state.Unverified)} }}";

    private static string Unverified(IReadOnlyList<ReviewedName> names) =>
        names.Count == 0 ? "" : $", \"unverified\": [{string.Join(", ", names.Select(Doubt))}]";

    private static string Doubt(ReviewedName name) =>
        $"{{ \"language\": {Quoted(name.Language)}, \"form\": {Quoted(name.Form)}, \"known\": {Quoted(name.Note!)} }}";

    private static string Names(Func<string, string> name) =>
        $"{{ {string.Join(", ", StateReview.Languages.Select(l => $"\"{l}\": {Quoted(name(l))}"))} }}";

    private static string Quoted(string text) => $"\"{JsonEncodedText.Encode(text, Readable)}\"";
}
