using Comity.Kernel.Data;
using Comity.Kernel.Modules;
using Comity.Kernel.Outcomes;
using Comity.Protocol;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Comity.Directory.Finding;

/// <summary>The pages of the directory: everybody, one participant, one office.</summary>
internal static class DirectoryPages
{
    public static void Map(ModuleRoutes routes)
    {
        routes.Pages.MapGet("/directory", DirectoryAsync).Needs(DirectoryModule.See);
        routes.Pages.MapGet("/directory/{participant}", ParticipantAsync).Needs(DirectoryModule.See);
        routes.Pages.MapGet("/directory/{participant}/{office}", OfficeAsync).Needs(DirectoryModule.See);
    }

    private static async Task<IResult> DirectoryAsync(
        OverviewReader overview,
        DirectoryQueries directory,
        CancellationToken ct
    ) =>
        new RazorComponentResult<DirectoryPage>(
            new { Overview = await overview.ReadAsync(ct), Participants = await directory.ParticipantsAsync(ct) }
        );

    private static async Task<IResult> ParticipantAsync(
        string participant,
        DirectoryQueries directory,
        CancellationToken ct
    ) =>
        (await directory.ParticipantsAsync(ct)).FirstOrDefault(p => p.Code.Value == participant) is { } card
            ? new RazorComponentResult<ParticipantPage>(new { Card = card })
            : Unknown(participant);

    private static async Task<IResult> OfficeAsync(
        string participant,
        string office,
        DirectoryQueries directory,
        CancellationToken ct
    ) =>
        OfficeName.TryParse($"{participant}/{office}", out var name)
        && await directory.OfficeAsync(name, ct) is { } card
            ? new RazorComponentResult<OfficePage>(new { Card = card })
            : Unknown($"{participant}/{office}");

    private static RazorComponentResult<UnknownPage> Unknown(string asked) =>
        new(new { Asked = asked }) { StatusCode = StatusCodes.Status404NotFound };
}
