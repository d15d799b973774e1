using System.ComponentModel.DataAnnotations;
using Comity.Directory.Finding;
using Comity.Kernel.Forms;
using Comity.Kernel.Modules;
using Comity.Kernel.Outcomes;
using Comity.Kernel.Viewing;
using Comity.Ui.Layout;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Comity.Directory.Confirming;

/// <summary>What a person writes down while the other side reads it out.</summary>
/// <param name="Fingerprint">With or without spaces.</param>
[ValidatableType]
internal sealed record ComparedFingerprint([property: Required, StringLength(100)] string Fingerprint);

/// <summary>What the page shows.</summary>
internal sealed record ConfirmSheet(ParticipantSheet Participant, Form<ComparedFingerprint> Form);

/// <summary>
/// The page on which a person says that they compared a fingerprint. It does not show the fingerprint: what is typed
/// must come from the other side, and the node compares.
/// </summary>
internal static class ConfirmPages
{
    public static void Map(ModuleRoutes routes)
    {
        routes.Pages.MapGet("/directory/confirm/{participant}", GetAsync).Needs(DirectoryModule.Confirm);
        routes.Pages.MapPost("/directory/confirm/{participant}", PostAsync).Needs(DirectoryModule.Confirm);
    }

    private static Task<IResult> GetAsync(string participant, ParticipantSheets sheets, CancellationToken ct) =>
        ShowAsync(participant, new Form<ComparedFingerprint>(), StatusCodes.Status200OK, sheets, ct);

    private static async Task<IResult> PostAsync(
        string participant,
        Form<ComparedFingerprint> form,
        ConfirmKeyHandler use,
        CurrentViewer current,
        ParticipantSheets sheets,
        CancellationToken ct
    )
    {
        var status = StatusCodes.Status422UnprocessableEntity;
        if (form.IsValid)
        {
            var outcome = await use.HandleAsync(
                new ConfirmKey(participant, form.Value.Fingerprint),
                current.Viewer,
                ct
            );
            if (outcome.Problem is not { } problem)
                return TypedResults.LocalRedirect($"/directory/{participant}?compared={outcome.Value.Fingerprint}");
            status = problem.Kind.Status();
            form.With(problem);
        }
        return await ShowAsync(participant, form, status, sheets, ct);
    }

    private static async Task<IResult> ShowAsync(
        string participant,
        Form<ComparedFingerprint> form,
        int status,
        ParticipantSheets sheets,
        CancellationToken ct
    ) =>
        await sheets.FindAsync(participant, ct) is { } found
            ? Sheet<ConfirmPage, ConfirmSheet>.Show(new ConfirmSheet(found, form), status)
            : DirectoryPages.Unknown(participant);
}
