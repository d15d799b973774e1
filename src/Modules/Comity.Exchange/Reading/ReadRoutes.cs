using Comity.Exchange.Sending;
using Comity.Kernel.Modules;
using Comity.Kernel.Outcomes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Comity.Exchange.Reading;

/// <summary>What can be read of the exchange as data; what a viewer may not see is not there.</summary>
internal static class ReadRoutes
{
    public static void Map(ModuleRoutes routes)
    {
        routes.Api.MapGet("/exchange/desk", DeskAsync).Needs(ExchangeModule.Read);
        routes.Api.MapGet("/exchange/conversations", ListAsync).Needs(ExchangeModule.Read);
        routes.Api.MapGet("/exchange/conversations/{id:guid}", ConversationAsync).Needs(ExchangeModule.Read);
        routes.Api.MapGet("/exchange/show/{id:guid}", ShowAsync).Needs(ExchangeModule.Read);
        routes.Api.MapGet("/exchange/messages/{id:guid}", MessageAsync).Needs(ExchangeModule.Read);
        routes.Api.MapGet("/exchange/messages/{id:guid}/envelope", EnvelopeAsync).Needs(ExchangeModule.Read);
        routes
            .Api.MapGet("/exchange/messages/{id:guid}/attachments/{number:int}", AttachmentAsync)
            .Needs(ExchangeModule.Read);
    }

    private static async Task<IResult> DeskAsync(DeskQuery desk, CancellationToken ct) =>
        TypedResults.Ok(await desk.AskAsync(ct));

    private static async Task<IResult> ListAsync(
        string? office,
        int? page,
        ConversationQuery query,
        CancellationToken ct
    ) => TypedResults.Ok((await query.ListAsync(office, page ?? 1, ct)).Lines);

    private static async Task<IResult> ConversationAsync(Guid id, ConversationQuery query, CancellationToken ct) =>
        await query.FindAsync(id, ct) is { } found
            ? TypedResults.Ok(found)
            : SendingProblems.NoSuchConversation.ToApi();

    // For whoever has an id and does not know of what.
    private static async Task<IResult> ShowAsync(Guid id, ConversationQuery query, CancellationToken ct)
    {
        if (await query.FindAsync(id, ct) is { } conversation)
            return TypedResults.Ok(conversation);
        return await MessageAsync(id, query, ct);
    }

    private static async Task<IResult> MessageAsync(Guid id, ConversationQuery query, CancellationToken ct) =>
        await query.MessageAsync(id, ct) is { } found ? TypedResults.Ok(found) : SendingProblems.NoSuchMessage.ToApi();

    private static async Task<IResult> EnvelopeAsync(
        Guid id,
        string? to,
        ConversationQuery query,
        CancellationToken ct
    ) =>
        await query.EnvelopeAsync(id, to, ct) is { } octets
            ? TypedResults.File(octets, "message/rfc822", $"{id}.eml")
            : SendingProblems.NoSuchMessage.ToApi();

    // Foreign octets are never shown in a browser as what they say they are.
    private static async Task<IResult> AttachmentAsync(
        Guid id,
        int number,
        ConversationQuery query,
        CancellationToken ct
    ) =>
        await query.AttachmentAsync(id, number, ct) is var (view, octets)
            ? TypedResults.File(octets, "application/octet-stream", view.Name)
            : SendingProblems.NoSuchMessage.ToApi();
}
