using Comity.Directory.Keeping;
using Comity.Directory.Keys;
using Comity.Kernel.Data;
using Comity.Kernel.Modules;
using Comity.Protocol;
using Comity.Ui.Layout;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Comity.Directory.Finding;

/// <summary>The pages of the directory that only show: everybody, one participant, one office.</summary>
internal static class DirectoryPages
{
    public static void Map(ModuleRoutes routes)
    {
        routes.Pages.MapGet("/directory", DirectoryAsync).Needs(DirectoryModule.See);
        routes.Pages.MapGet("/directory/own-entry", OwnEntryAsync).Needs(DirectoryModule.See);
        routes.Pages.MapGet("/directory/{participant}", ParticipantAsync).Needs(DirectoryModule.See);
        routes.Pages.MapGet("/directory/{participant}/{office}", OfficeAsync).Needs(DirectoryModule.See);
    }

    /// <summary>What is shown where a participant is asked for that nobody lists.</summary>
    public static RazorComponentResult<UnknownPage> Unknown(string asked) =>
        new(new { Asked = asked }) { StatusCode = StatusCodes.Status404NotFound };

    private static async Task<IResult> DirectoryAsync(ParticipantSheets sheets, CancellationToken ct) =>
        Sheet<DirectoryPage, DirectorySheet>.Show(await sheets.AllAsync(ct));

    private static async Task<IResult> OwnEntryAsync(DirectoryQueries directory, CancellationToken ct) =>
        await directory.OwnEntryAsync(ct) is { } entry
            ? TypedResults.File(entry.Octets.ToArray(), ServeOwnEntry.MediaType, $"entry-{entry.Participant}.json")
            : Unknown("");

    private static async Task<IResult> ParticipantAsync(
        string participant,
        ParticipantSheets sheets,
        CancellationToken ct
    ) =>
        await sheets.FindAsync(participant, ct) is { } found
            ? Sheet<ParticipantPage, ParticipantSheet>.Show(found)
            : Unknown(participant);

    private static async Task<IResult> OfficeAsync(
        string participant,
        string office,
        DirectoryQueries directory,
        OwnOfficeKeys own,
        AppDb db,
        CancellationToken ct
    ) =>
        OfficeName.TryParse($"{participant}/{office}", out var name)
        && await directory.OfficeAsync(name, ct) is { } card
            ? new RazorComponentResult<OfficePage>(
                new { Card = OwnOfficeKeys.Marked([card], await own.FaultsAsync(db, ct))[0] }
            )
            : Unknown($"{participant}/{office}");
}
