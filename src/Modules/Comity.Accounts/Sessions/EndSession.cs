using Comity.Accounts.Data;
using Comity.Kernel;
using Comity.Kernel.Modules;
using Comity.Kernel.Outcomes;
using Comity.Kernel.Viewing;
using Comity.Kernel.Writing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace Comity.Accounts.Sessions;

/// <summary>Ends a session: one's own, by its id. Somebody else's is as if it were not there.</summary>
internal sealed class EndSession(WriteGate gate, CurrentViewer current, TimeProvider clock)
{
    private static readonly Problem NoSuch = Problem.NotFound(
        "accounts.no-such-session",
        "There is no such session of yours. Nothing was changed."
    );

    public static void Map(ModuleRoutes routes) =>
        routes.Pages.MapPost("/sign-out", SignOutAsync).Needs(AccountsModule.OwnSessions);

    public Task<Outcome<bool>> HandleAsync(Guid id, CancellationToken ct) =>
        gate.WriteAsync(
            current.Viewer,
            async (db, token) =>
            {
                var own = await db.Set<Session>()
                    .SingleOrDefaultAsync(s => s.Id == id && s.PersonId == current.Viewer.PersonId, token);
                if (own is null)
                    return NoSuch;
                own.End(clock.Utc());
                return (Outcome<bool>)true;
            },
            ct
        );

    private static async Task<IResult> SignOutAsync(
        HttpContext context,
        EndSession use,
        SessionCookie cookie,
        CancellationToken ct
    )
    {
        if (cookie.Read(context) is { } sent)
            await use.HandleAsync(sent.Id, ct);
        cookie.Clear(context);
        return TypedResults.LocalRedirect("/sign-in");
    }
}
