using Comity.Directory.Finding;
using Comity.Kernel.Forms;
using Comity.Kernel.Modules;
using Comity.Kernel.Outcomes;
using Comity.Kernel.Viewing;
using Comity.Ui.Layout;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Comity.Directory.Managing;

/// <summary>The manager's word that the snapshot is to be published now.</summary>
/// <param name="Confirmed">Always; the page asks nothing else.</param>
[ValidatableType]
internal sealed record PublishForm(bool Confirmed);

/// <summary>What the page shows.</summary>
internal sealed record PublishSheet(ManagedLine Managed, Form<PublishForm> Form);

/// <summary>The page on which a directory manager publishes: it says first what will happen, and asks once.</summary>
internal static class PublishPages
{
    public const string Address = "/directory/publish";

    public static void Map(ModuleRoutes routes)
    {
        routes
            .Pages.MapGet(
                Address,
                (OverviewReader overview, CancellationToken ct) =>
                    ShowAsync(new Form<PublishForm>(), StatusCodes.Status200OK, overview, ct)
            )
            .Needs(DirectoryModule.Manage);
        routes.Pages.MapPost(Address, PostAsync).Needs(DirectoryModule.Manage);
    }

    private static async Task<IResult> PostAsync(
        Form<PublishForm> form,
        Publisher use,
        CurrentViewer current,
        OverviewReader overview,
        CancellationToken ct
    )
    {
        if (!form.IsValid)
            return await ShowAsync(form, StatusCodes.Status422UnprocessableEntity, overview, ct);
        var outcome = await use.PublishAsync(current.Viewer, onlyWhereNeeded: false, ct);
        return outcome.Problem is { } problem
            ? await ShowAsync(form.With(problem), problem.Kind.Status(), overview, ct)
            : TypedResults.LocalRedirect(FormattableString.Invariant($"/directory?published={outcome.Value.Number}"));
    }

    private static async Task<IResult> ShowAsync(
        Form<PublishForm> form,
        int status,
        OverviewReader overview,
        CancellationToken ct
    ) =>
        (await overview.ReadAsync(ct)).Managed is { } managed
            ? Sheet<PublishPage, PublishSheet>.Show(new PublishSheet(managed, form), status)
            : ManagingProblems.NoManager.ToPage();
}
