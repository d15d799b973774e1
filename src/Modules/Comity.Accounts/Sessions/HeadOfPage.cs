using Comity.Kernel.Data;
using Comity.Kernel.Hosting;
using Comity.Kernel.Modules;
using Comity.Kernel.Viewing;
using Comity.Ui.Layout;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Comity.Accounts.Sessions;

/// <summary>Writes the head of every page: whose node this is, who reads, and for which office.</summary>
internal sealed class HeadOfPage(AppDbFactory databases)
{
    private static readonly Viewer Job = Viewer.System("letterhead");

    /// <summary>A node is set up once, for one participant; from then on nothing needs to be asked.</summary>
    private string _participant = "";

    public async Task WriteAsync(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.OfType<Way>().Contains(Way.Page) != true)
            return;
        var viewer = context.RequestServices.GetRequiredService<CurrentViewer>().Viewer;
        var head = context.RequestServices.GetRequiredService<Letterhead>();
        head.Participant = await ParticipantAsync(context);
        head.Person = viewer.PersonId is null ? null : viewer.DisplayName;
        head.Office = viewer.Offices.FirstOrDefault();
        head.SignOutAddress = EndSession.SignOut;
    }

    private async ValueTask<string> ParticipantAsync(HttpContext context)
    {
        if (_participant.Length > 0 || context.RequestServices.GetService<IHomeOffices>() is not { } home)
            return _participant;
        await using var db = databases.Open(Job);
        var offices = await home.ListAsync(db, context.RequestAborted);
        return _participant = offices.Count > 0 ? offices[0].Office.Participant.ToString() : "";
    }
}
