using Comity.Exchange.Sending;
using Comity.Kernel.Modules;
using Comity.Kernel.Outcomes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Comity.Exchange.Proving;

internal static class EvidenceRoutes
{
    public static void Map(ModuleRoutes routes) =>
        routes.Api.MapGet("/exchange/conversations/{id:guid}/evidence", GetAsync).Needs(ExchangeModule.Read);

    private static async Task<IResult> GetAsync(Guid id, EvidenceQuery evidence, CancellationToken ct) =>
        await evidence.MakeAsync(id, ct) is { } file
            ? TypedResults.File(file.ToJson(), EvidenceQuery.MediaType, $"evidence-{file.Conversation}.json")
            : SendingProblems.NoSuchConversation.ToApi();
}
