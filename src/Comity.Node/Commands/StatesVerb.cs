using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Comity.States;

namespace Comity.Node.Commands;

/// <summary><c>comity directory states</c>: the names that every node has; asks none.</summary>
internal static class StatesVerb
{
    public static Command Make(Verbs verbs)
    {
        var words = new Argument<string[]>("words")
        {
            Description = "What to look for: a name in any of the six languages, or a code. Without it, all States.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var language = new Option<string>("--language")
        {
            Description = "The language of names and order.",
            DefaultValueFactory = _ => "en",
        };
        language.AcceptOnlyFromAmong([.. ListOfStates.Languages]);
        var command = new Command("states", "Lists the States as the United Nations writes them, without a node.")
        {
            words,
            language,
        };
        command.SetAction(parsed =>
        {
            var asked = string.Join(' ', parsed.GetValue(words) ?? []);
            var reader = parsed.GetValue(language)!;
            var states = Asked(asked, reader);
            verbs.Terminal(parsed).Result(Document(states, reader), Lines(states, reader));
            return states.Count == 0 ? CommandLine.Failed : CommandLine.Done;
        });
        return command;
    }

    private static List<State> Asked(string asked, string language)
    {
        var all = ListOfStates.InOrderOf(language);
        return asked.Length == 0 ? [.. all] : [.. all.Where(ListOfStates.Search(asked).Contains)];
    }

    private static IEnumerable<string> Lines(List<State> states, string language) =>
        states.Count == 0
            ? [$"No State of the list of {Day} has such a name or code."]
            : states.Select(s =>
                $"{s.Alpha2}  {s.Alpha3}  {s.Number}  {s.ShortName(language)}{Mark(s, language, NameForm.ShortName)}"
                + $" | {s.FormalName(language)}{Mark(s, language, NameForm.FormalName)} | {Region(s, language)}"
            );

    private static JsonObject Document(List<State> states, string language) =>
        new()
        {
            ["asOf"] = Day,
            ["language"] = language,
            ["states"] = new JsonArray([
                .. states.Select(s => new JsonObject
                {
                    ["alpha2"] = s.Alpha2,
                    ["alpha3"] = s.Alpha3,
                    ["number"] = s.Number,
                    ["membership"] = s.Membership.ToString().ToLowerInvariant(),
                    ["short"] = s.ShortName(language),
                    ["shortVerified"] = s.IsVerified(language, NameForm.ShortName),
                    ["formal"] = s.FormalName(language),
                    ["formalVerified"] = s.IsVerified(language, NameForm.FormalName),
                    ["region"] = Region(s, language),
                }),
            ]),
        };

    private static string Day => ListOfStates.AsOf.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Mark(State state, string language, NameForm form) =>
        state.IsVerified(language, form) ? "" : " (not verified)";

    private static string Region(State state, string language) =>
        (state.IntermediateRegion ?? state.SubRegion).Name(language);
}
