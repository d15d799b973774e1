using System.Globalization;
using System.Text;

namespace Comity.Eng;

/// <summary>Writes docs/states.md: what the list is, where from, and every name that a person has put in.</summary>
internal static class StatesDocument
{
    private static readonly Dictionary<string, string> LanguageNames = new(StringComparer.Ordinal)
    {
        ["ar"] = "Arabic",
        ["zh"] = "Chinese",
        ["en"] = "English",
        ["fr"] = "French",
        ["ru"] = "Russian",
        ["es"] = "Spanish",
    };

    public static string Of(StateNames states)
    {
        var review = states.Review;
        var open = review.Names.Where(n => !n.Verified).ToList();
        var all = states.States.Sum(s => s.Names.Count);
        var text = new StringBuilder(Prose(review, all, open.Count));
        foreach (var (key, source) in review.Sources)
        {
            text.Append($"| `{key}` | {source} |\n");
        }

        text.Append(
            $"""

            ## Not verified

            {Count(open.Count)} names wait for somebody who has UNTERM before them.

            | State | language | form | name | read in | what is known |
            |---|---|---|---|---|---|

            """
        );
        foreach (var name in open)
        {
            text.Append($"| {Cells(name)} | {name.Note} |\n");
        }

        text.Append(
            $"""

            ## Every name that differs from iso-codes

            {Count(
                review.Names.Count
            )} names were put in by a person, because iso-codes has none or another one, or because of what is known of it.

            | State | language | form | name | read in | verified |
            |---|---|---|---|---|---|

            """
        );
        foreach (var name in review.Names)
        {
            text.Append($"| {Cells(name)} | {(name.Verified ? "yes" : "**no**")} |\n");
        }

        return text.ToString();
    }

    private static string Cells(ReviewedName name) =>
        $"{name.State} | {LanguageNames[name.Language]} | {name.Form} | {name.Name} | `{name.Source}`";

    private static string Count(int number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static string Prose(StateReview review, int all, int open) =>
        $"""
            # Names of States

            As of **{review.AsOf}**. `./comity states` writes this page and `src/Libraries/Comity.States/states.json`; a change by hand would be lost.

            ## What it is

            The 193 Member States of the United Nations and the 2 observer States ({string.Join(
                ", ",
                review.Observers
            )}), each with its codes (ISO 3166-1),
            its number and regions (M49 standard), and its short and formal name in the six languages of the United Nations: {Count(
                all
            )} names.
            They are written as the United Nations writes them. Names of States come from here and from nowhere else; a test holds that
            (`TerritoryNameTests`). There is nothing about States here beyond that: no flags, no outlines, no figures, and nothing that is not a State.

            - **Short names** serve lists, seats and selections. They stand without the article that the lists of the United Nations add in brackets.
            - **Formal names** serve official acts. They stand without the article that a sentence puts before them. Where a State uses one name
              only, both are the same.
            - The apostrophe is written ' throughout, so that a search finds it.
            - **Alphabetical order** is that of the short names, by the collation that ICU has for the language. In Arabic the article ال does not count
              and every alif is the same letter, as in the lists of the United Nations. In Chinese it is the order of pinyin as ICU has it, by the commonest reading of each character.
              Where one order has to serve all languages, as in a compiled report, it is the English one.
            - **Regions** are those of the M49 standard, which groups for statistics only. They are not the regional groups of the United Nations.

            Every node shows the list in the reader's language at `/states` and, in a language of one's own, at `/ar/states` and so on: in alphabetical
            order, by region, and as equal tiles. Names that are not verified are marked there as well. The whole of it as data is at
            `/api/v1/states` and `/states.csv`; `comity directory states` prints it without a node.

            ## Where it is from

            - Membership and regions: `cldr-core` {review.CldrCore} of the Unicode Consortium (territoryContainment: its group UN has exactly 193 members).
            - Codes and a first name: Debian's `iso-codes` {review.IsoCodes} (ISO 3166-1 and its translations).
            - Every name that the United Nations writes otherwise, and the observer States: `eng/states/overrides.json`. Names of regions:
              `eng/states/regions.json`.

            Names and codes are facts. Nothing else is carried over from cldr-core (Unicode-3.0) or iso-codes (LGPL-2.1 or later), and neither is
            shipped or needed by the program.

            ## What *verified* means

            All names were compared with the records below. *Verified* is a name that was read in such a record letter for letter, but for articles,
            apostrophes and doubled spaces; where the records differ, it is not. The records are kept by others: nobody has compared them with
            UNTERM itself for this list. {Count(open)} names are not verified.

            To verify one, compare it with UNTERM, then set `verified` to true and `source` to what was read, with its date, in `eng/states/overrides.json`,
            and take the `note` out. To change a name, change its line or add one. Then `./comity states` writes both files, and `./comity states
            --check` says whether they are what it would write. Whoever reviews the whole list sets `asOf`.

            ## Records

            | key | record |
            |---|---|

            """;
}
