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

/// <summary>Ends sessions: one's own, by id. Somebody else's is as if it were not there.</summary>
internal sealed class EndSession(WriteGate gate, CurrentViewer current, TimeProvider clock)
{
    public const string SignOut = "/sign-out";
    public const string AllOthers = "/account/sessions/end-others";

    private static readonly Problem NoSuch = Problem.NotFound(
        "accounts.no-such-session",
        "There is no such session of yours. Nothing was changed."
    );

    public static string AddressOf(Guid id) => $"/account/sessions/{id:N}/end";

    public static void Map(ModuleRoutes routes)
    {
        routes.Pages.MapPost(SignOut, SignOutAsync).Needs(AccountsModule.OwnSessions);
        routes.Pages.MapPost("/account/sessions/{id:guid}/end", EndOneAsync).Needs(AccountsModule.OwnSessions);
        routes.Pages.MapPost(AllOthers, EndOthersAsync).Needs(AccountsModule.OwnSessions);
    }

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

    /// <summary>Ends every session of this person but the one that is kept.</summary>
    public Task HandleOthersAsync(Guid? kept, CancellationToken ct) =>
        gate.WriteAsync(
            current.Viewer,
            async (db, token) =>
            {
                var others = await db.Set<Session>()
                    .Where(s => s.PersonId == current.Viewer.PersonId && s.Ended == null && s.Id != kept)
                    .ToListAsync(token);
                foreach (var session in others)
                    session.End(clock.Utc());
            },
            ct
        );

    private static async Task SignOutAsync(
        HttpContext context,
        EndSession use,
        SessionCookie cookie,
        CancellationToken ct
    )
    {
        if (cookie.Read(context) is { } sent)
            await use.HandleAsync(sent.Id, ct);
        cookie.Clear(context);
        await TypedResults.LocalRedirect("/sign-in").ExecuteAsync(context);
    }

    private static async Task EndOneAsync(Guid id, HttpContext context, EndSession use, CancellationToken ct)
    {
        var ended = await use.HandleAsync(id, ct);
        await (ended.Problem?.AnswerAsync(context) ?? BackAsync(context));
    }

    private static async Task EndOthersAsync(
        HttpContext context,
        EndSession use,
        SessionCookie cookie,
        CancellationToken ct
    )
    {
        await use.HandleOthersAsync(cookie.Read(context)?.Id, ct);
        await BackAsync(context);
    }

    private static Task BackAsync(HttpContext context) =>
        TypedResults.LocalRedirect(OwnSessions.Address).ExecuteAsync(context);
}
