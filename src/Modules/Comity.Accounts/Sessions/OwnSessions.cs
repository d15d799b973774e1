using Comity.Accounts.Data;
using Comity.Accounts.Inviting;
using Comity.Kernel;
using Comity.Kernel.Data;
using Comity.Kernel.Modules;
using Comity.Kernel.Viewing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Comity.Accounts.Sessions;

/// <summary>The page of one's own account: for whom one acts, and where one is signed in.</summary>
internal static class OwnSessions
{
    public const string Address = "/account";

    public static void Map(ModuleRoutes routes) =>
        routes.Pages.MapGet(Address, ShowAsync).Needs(AccountsModule.OwnSessions);

    private static async Task<RazorComponentResult<AccountPage>> ShowAsync(
        HttpContext context,
        AppDb db,
        CurrentViewer current,
        SessionCookie cookie,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        var here = cookie.Read(context)?.Id;
        var now = clock.Utc();
        var all = await db.Set<Session>()
            .AsNoTracking()
            .Where(s => s.PersonId == current.Viewer.PersonId && s.Ended == null)
            .OrderByDescending(s => s.LastSeen)
            .ToListAsync(ct);
        return new(
            new
            {
                Roles = current.Viewer.Roles.Select(Roles.Name).ToList(),
                Sessions = all.Where(s => s.IsOpen(now))
                    .Select(s => new AccountPage.Line(s.Id, s.Browser, s.Created, s.LastSeen, s.Id == here))
                    .ToList(),
            }
        );
    }
}
