using Comity.Protocol;
using Comity.States;
using Comity.Ui.Languages;

namespace Comity.Directory.Naming;

/// <summary>How the States are laid out on a page.</summary>
internal enum Arrangement
{
    Alphabetical,
    ByRegion,
    Tiles,
    TilesByRegion,
}

/// <summary>The States as a page shows them.</summary>
/// <param name="As">How they are laid out.</param>
/// <param name="Asked">What was looked for; empty where nothing was.</param>
/// <param name="Known">The participants that are known to be States; empty for whoever may not see the directory.</param>
internal sealed record StatesSheet(Arrangement As, string Asked, IReadOnlyDictionary<State, ParticipantCode> Known)
{
    /// <summary>In characters; what is longer is cut.</summary>
    public const int LongestQuestion = 100;

    private readonly HashSet<State>? _found = Asked.Length == 0 ? null : [.. ListOfStates.Search(Asked)];

    public int Count => _found?.Count ?? ListOfStates.All.Count;

    /// <summary>In the alphabetical order of a language, by letter where the language has them.</summary>
    public IReadOnlyList<StatesGroup> InOrder(string language) =>
        [
            .. ListOfStates
                .InOrderOf(language)
                .Where(IsShown)
                .GroupBy(s => s.Letter(language))
                .Select(g => new StatesGroup(g.Key, [.. g])),
        ];

    /// <summary>By region of the M49 standard.</summary>
    public IReadOnlyList<(M49Region Region, IReadOnlyList<StatesGroup> Parts)> ByRegion(string language) =>
        [
            .. ListOfStates
                .ByRegion(language)
                .Where(r => r.States.Any(IsShown))
                .GroupBy(r => r.Region)
                .Select(g =>
                    (
                        g.Key,
                        (IReadOnlyList<StatesGroup>)
                            [.. g.Select(r => new StatesGroup(r.Name(language), [.. r.States.Where(IsShown)]))]
                    )
                ),
        ];

    private bool IsShown(State state) => _found?.Contains(state) ?? true;
}

/// <summary>States that stand together under a title; without one in Chinese.</summary>
internal sealed record StatesGroup(string? Title, IReadOnlyList<State> States);

/// <summary>One State as its page shows it.</summary>
/// <param name="State">The State.</param>
/// <param name="Participant">The participant that is known to be this State; null for whoever may not see the directory.</param>
internal sealed record StateSheet(State State, ParticipantCode? Participant);
