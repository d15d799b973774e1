using System.ComponentModel.DataAnnotations;
using Comity.Kernel.Forms;
using Comity.Kernel.Modules;
using Comity.Kernel.Outcomes;
using Comity.Kernel.Viewing;
using Comity.Ui.Layout;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Comity.Directory.Following;

/// <summary>What the operator types.</summary>
/// <param name="Url">Base URL of the manager's node.</param>
/// <param name="Root">The fingerprint of the root, as the manager gave it over another channel.</param>
[ValidatableType]
internal sealed record FollowForm(
    [property: Required, StringLength(500)] string Url,
    [property: Required, StringLength(200)] string Root
);

/// <summary>The page on which an operator begins to follow a directory, and the button that asks all of them now.</summary>
internal static class FollowPages
{
    public const string Address = "/directory/follow";

    public static void Map(ModuleRoutes routes)
    {
        routes.Pages.MapGet(Address, () => Show(new Form<FollowForm>())).Needs(DirectoryModule.Operate);
        routes.Pages.MapPost(Address, PostAsync).Needs(DirectoryModule.Operate);
        routes.Pages.MapPost("/directory/poll", PollAsync).Needs(DirectoryModule.Operate);
    }

    private static async Task<IResult> PostAsync(
        Form<FollowForm> form,
        FollowDirectoryHandler use,
        CurrentViewer current,
        CancellationToken ct
    )
    {
        var status = StatusCodes.Status422UnprocessableEntity;
        if (form.IsValid)
        {
            var asked = new FollowDirectory(form.Value.Url, form.Value.Root);
            var outcome = await use.HandleAsync(asked, current.Viewer, ct);
            if (outcome.Problem is not { } problem)
                return TypedResults.LocalRedirect($"/directory?followed={outcome.Value.Directory}");
            status = problem.Kind.Status();
            form.With(problem);
        }
        return Show(form, status);
    }

    // What came of it stands on the page of the directory, good or bad.
    private static async Task<IResult> PollAsync(
        FollowDirectoryHandler use,
        CurrentViewer current,
        CancellationToken ct
    )
    {
        await use.HandleAsync(new PollNow(), current.Viewer, ct);
        return TypedResults.LocalRedirect("/directory");
    }

    private static RazorComponentResult Show(Form<FollowForm> form, int status = StatusCodes.Status200OK) =>
        Sheet<FollowPage, Form<FollowForm>>.Show(form, status);
}
