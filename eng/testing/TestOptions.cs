namespace Comity.Eng;

/// <summary>The command line of `./comity test`.</summary>
internal sealed record TestOptions(
    bool Slow,
    IReadOnlySet<string> Without,
    IReadOnlyList<string> Lanes,
    string? Filter,
    bool NoBuild,
    string? Seed
)
{
    public const string Usage = """
        ./comity test [--slow] [--without GROUP,…] [--lane NAME,…] [--filter TEXT] [--no-build] [--seed NUMBER]

          --slow      also the tests with the trait Lane=slow, and the saboteur
          --without   leaves out the tests that need a GROUP of foreign programs and counts them as skipped:
                      postgres, gnupg, python, browser, gettext, xmllint, node, native, faketime, mail
          --lane      only these lanes: libraries, fuzz, app, system, browser, saboteur
          --filter    only tests whose full name contains TEXT
          --no-build  takes what the last run built
          --seed      the seed that xunit, the fuzzer or a test printed, to repeat an order of tests, cases or kills
        """;

    /// <summary>A part of the run says nothing about docs/trace.md, which speaks of the whole.</summary>
    public bool Whole => Lanes.Count == 0 && Filter is null;

    /// <returns>Null with the reason when the command line cannot be read.</returns>
    public static TestOptions? Read(IReadOnlyList<string> arguments, out string fault)
    {
        var options = new TestOptions(false, new HashSet<string>(StringComparer.Ordinal), [], null, false, null);
        fault = "";
        for (var i = 0; i < arguments.Count; i++)
        {
            var (name, value) = arguments[i].Split('=', 2) is [var n, var v] ? (n, v) : (arguments[i], null);
            string? Value() => value ?? (i + 1 < arguments.Count ? arguments[++i] : null);
            var read = name switch
            {
                "--slow" => options with { Slow = true },
                "--no-build" => options with { NoBuild = true },
                "--without" => Value() is { } g ? options with { Without = Names(g, options.Without) } : null,
                "--lane" => Value() is { } l ? options with { Lanes = [.. options.Lanes, .. l.Split(',')] } : null,
                "--filter" => Value() is { } f ? options with { Filter = f } : null,
                "--seed" => Value() is { } s ? options with { Seed = s } : null,
                _ => null,
            };
            if (read is null)
            {
                fault = $"\"{arguments[i]}\" is not understood.";
                return null;
            }

            options = read;
        }

        fault =
            options.Without.Except(Need.Groups).FirstOrDefault() is { } group
                ? $"--without knows no \"{group}\"; it knows {string.Join(", ", Need.Groups)}."
            : options.Lanes.Except(Lane.All.Select(l => l.Name).Append("saboteur")).FirstOrDefault() is { } lane
                ? $"There is no lane \"{lane}\"."
            : "";
        return fault.Length == 0 ? options : null;
    }

    private static HashSet<string> Names(string list, IEnumerable<string> before) =>
        [.. before, .. list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];
}
