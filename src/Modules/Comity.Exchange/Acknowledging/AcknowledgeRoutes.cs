using Comity.Kernel.Modules;
using Comity.Kernel.Outcomes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Comity.Exchange.Acknowledging;

internal static class AcknowledgeRoutes
{
    public static void Map(ModuleRoutes routes) =>
        routes.Api.MapPost("/exchange/acknowledge", AcknowledgeAsync).Needs(ExchangeModule.Acknowledge);

    private static async Task<IResult> AcknowledgeAsync(
        Acknowledge request,
        AcknowledgeHandler handler,
        CancellationToken ct
    ) => (await handler.HandleAsync(request, ct)).ToApi();
}
