using System.ComponentModel.DataAnnotations;
using Comity.Directory.Data;
using Comity.Kernel;
using Comity.Kernel.Data;
using Comity.Kernel.Forms;
using Comity.Kernel.Modules;
using Comity.Kernel.Outcomes;
using Comity.Kernel.Viewing;
using Comity.Protocol.Directories;
using Comity.Ui.Layout;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Comity.Directory.Managing;

/// <summary>The entry travels with the form until the manager has seen what it says.</summary>
/// <param name="Entry">The signed entry, base64; empty as long as it comes as a file.</param>
/// <param name="Confirmed">The manager has seen what it says.</param>
[ValidatableType]
internal sealed record AdmitForm(string? Entry, bool Confirmed);

/// <summary>What the page shows.</summary>
/// <param name="Form">What was sent.</param>
/// <param name="Shown">The entry, taken apart and checked; null before there is one.</param>
/// <param name="Known">Whether its participant is admitted already.</param>
internal sealed record AdmitSheet(Form<AdmitForm> Form, CheckedEntry? Shown, bool Known);

/// <summary>The pages on which a directory manager admits an entry: choose a file, see what it says, admit.</summary>
internal static class AdmitPages
{
    public const string Address = "/directory/admit";
    public const string FileField = "file";
    private const long MostOctets = 1024 * 1024;

    private static readonly Problem NoFile = Problem.Invalid(
        "directory.no-entry-file",
        "There was no file, or one that is too large to be an entry. Nothing was changed.",
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [FileField] = /* T */
                "Choose the file of the entry.",
        }
    );

    public static void Map(ModuleRoutes routes)
    {
        routes
            .Pages.MapGet(Address, () => Show(new AdmitSheet(new Form<AdmitForm>(), null, Known: false)))
            .Needs(DirectoryModule.Manage);
        routes.Pages.MapPost(Address, PostAsync).Needs(DirectoryModule.Manage);
    }

    private static async Task<IResult> PostAsync(
        Form<AdmitForm> form,
        HttpContext context,
        AdmitEntryHandler use,
        CurrentViewer current,
        AppDb db,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        const int NotRight = StatusCodes.Status422UnprocessableEntity;
        if (!form.IsValid)
            return Show(new AdmitSheet(form, null, Known: false), NotRight);
        var octets = await OctetsAsync(form.Value.Entry, context.Request, ct);
        if (octets is null)
            return Show(new AdmitSheet(form.With(NoFile), null, Known: false), NotRight);
        var checking = EntryCheck.Check(octets, clock.Utc());
        if (!checking.IsGood)
        {
            form.With(ManagingProblems.Of(checking.Fault.Value));
            return Show(new AdmitSheet(form, null, Known: false), NotRight);
        }
        var code = checking.Entry.Core.Code;
        var known = await db.Set<AdmittedEntry>().AnyAsync(a => a.Participant == code, ct);
        if (!form.Value.Confirmed)
            return Show(new AdmitSheet(form, checking.Entry, known));
        var outcome = await use.HandleAsync(new AdmitEntry(Convert.ToBase64String(octets)), current.Viewer, ct);
        if (outcome.Problem is not { } problem)
            return TypedResults.LocalRedirect($"/directory?admitted={code}");
        return Show(new AdmitSheet(form.With(problem), checking.Entry, known), problem.Kind.Status());
    }

    private static async Task<byte[]?> OctetsAsync(string? carried, HttpRequest request, CancellationToken ct)
    {
        if (!string.IsNullOrEmpty(carried))
        {
            var octets = new byte[carried.Length];
            return Convert.TryFromBase64String(carried, octets, out var length) ? octets[..length] : null;
        }
        if (request.Form.Files.GetFile(FileField) is not { Length: > 0 and <= MostOctets } file)
            return null;
        using var buffer = new MemoryStream();
        await file.CopyToAsync(buffer, ct);
        return buffer.ToArray();
    }

    private static RazorComponentResult Show(AdmitSheet sheet, int status = StatusCodes.Status200OK) =>
        Sheet<AdmitPage, AdmitSheet>.Show(sheet, status);
}
