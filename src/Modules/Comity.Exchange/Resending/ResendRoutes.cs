using Comity.Exchange.Data;
using Comity.Kernel.Data;
using Comity.Kernel.Modules;
using Comity.Kernel.Outcomes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace Comity.Exchange.Resending;

/// <summary>Asking for what was lost, and how far that is.</summary>
internal static class ResendRoutes
{
    private const int Most = 1000;

    public static void Map(ModuleRoutes routes)
    {
        routes.Api.MapPost("/exchange/resending", AskAsync).Needs(ExchangeModule.AskAgain);
        routes.Api.MapGet("/exchange/resending", ListAsync).Needs(ExchangeModule.AskAgain);
    }

    private static async Task<IResult> AskAsync(AskAgain request, AskAgainHandler handler, CancellationToken ct) =>
        (await handler.HandleAsync(request, ct)).ToApi();

    // The newest first.
    private static async Task<IResult> ListAsync(AppDb db, CancellationToken ct)
    {
        var asked = await db.Set<AskedAgain>().AsNoTracking().OrderByDescending(a => a.At).Take(Most).ToListAsync(ct);
        return TypedResults.Ok(asked.Select(a => new AskedLine(a.Of.Value, a.By.Value, a.Since, a.At, a.Taken)));
    }

    /// <summary>One who was asked.</summary>
    /// <param name="Participant">Whom.</param>
    /// <param name="By">For which of our participants.</param>
    /// <param name="Since">From when on.</param>
    /// <param name="Asked">When.</param>
    /// <param name="Taken">When their node took the request; null where it has not yet.</param>
    private sealed record AskedLine(string Participant, string By, DateTime Since, DateTime Asked, DateTime? Taken);
}
