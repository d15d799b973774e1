using Comity.Directory.Managing;
using Comity.Kernel.Modules;
using Comity.Kernel.Viewing;
using Comity.Protocol;
using Comity.States;
using Comity.Ui.Languages;
using Comity.Ui.Layout;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.Routing;

namespace Comity.Directory.Naming;

/// <summary>The public pages of the States: the list, the tiles, and one State in six languages.</summary>
internal static class StatesPages
{
    public const string Public = "Names of States are public, and the same for everybody";

    private static readonly Dictionary<State, ParticipantCode> Nobody = [];

    public static string AddressOf(Arrangement arrangement) =>
        arrangement switch
        {
            Arrangement.ByRegion => "/states/by-region",
            Arrangement.Tiles => "/states/tiles",
            Arrangement.TilesByRegion => "/states/tiles/by-region",
            _ => "/states",
        };

    public static void Map(ModuleRoutes routes)
    {
        foreach (var pages in routes.Pages.InEveryLanguage())
        {
            foreach (var arrangement in Enum.GetValues<Arrangement>())
                pages
                    .MapGet(
                        AddressOf(arrangement),
                        (string? q, CurrentViewer current, DirectoryQueries directory, CancellationToken ct) =>
                            ListAsync(arrangement, q, current.Viewer, directory, ct)
                    )
                    .Open(Public)
                    .Compressed()
                    .RequireRateLimiting(PublicLimit.Pages);
            pages.MapGet("/states/{code}", StateAsync).Open(Public).RequireRateLimiting(PublicLimit.Pages);
        }
    }

    private static async Task<IResult> ListAsync(
        Arrangement arrangement,
        string? asked,
        Viewer viewer,
        DirectoryQueries directory,
        CancellationToken ct
    )
    {
        if (arrangement is Arrangement.Tiles or Arrangement.TilesByRegion)
            return Sheet<TilesPage, StatesSheet>.Show(new StatesSheet(arrangement, "", Nobody));
        var known = await KnownAsync(viewer, directory, ct);
        return Sheet<StatesPage, StatesSheet>.Show(new StatesSheet(arrangement, Bounded(asked), known));
    }

    private static string Bounded(string? asked) =>
        asked is null ? "" : asked[..Math.Min(asked.Length, StatesSheet.LongestQuestion)].Trim();

    private static async Task<IResult> StateAsync(
        string code,
        CurrentViewer current,
        DirectoryQueries directory,
        CancellationToken ct
    )
    {
        if (ListOfStates.Find(code) is not { } state)
            return TypedResults.NotFound();
        var known = await KnownAsync(current.Viewer, directory, ct);
        return Sheet<StatePage, StateSheet>.Show(
            new StateSheet(state, known.TryGetValue(state, out var participant) ? participant : null)
        );
    }

    /// <summary>Who is a participant is seen by those who may see the directory, and by nobody else.</summary>
    private static async Task<IReadOnlyDictionary<State, ParticipantCode>> KnownAsync(
        Viewer viewer,
        DirectoryQueries directory,
        CancellationToken ct
    ) => viewer.May(DirectoryModule.See) ? StatesAmongParticipants.Of(await directory.ParticipantsAsync(ct)) : Nobody;
}
