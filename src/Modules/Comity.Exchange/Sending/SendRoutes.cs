using Comity.Kernel.Modules;
using Comity.Kernel.Outcomes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace Comity.Exchange.Sending;

internal static class SendRoutes
{
    // Attachments of an envelope in base64, and what stands around them.
    private const long MostOctets = 96L * 1024 * 1024;

    public static void Map(ModuleRoutes routes) =>
        routes
            .Api.MapPost("/exchange/send", SendAsync)
            .WithMetadata(new RequestSizeLimitAttribute(MostOctets))
            .Needs(ExchangeModule.Send);

    private static async Task<IResult> SendAsync(
        SendMessage request,
        SendMessageHandler handler,
        CancellationToken ct
    ) => (await handler.HandleAsync(request, ct)).ToApi();
}
