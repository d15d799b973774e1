using Comity.Exchange.Proving;
using Comity.Exchange.Sending;
using Comity.Kernel.Modules;
using Comity.Kernel.Outcomes;
using Comity.Ui.Layout;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace Comity.Exchange.Reading;

/// <summary>
/// What people take from a page. Always as a file and never as a page of its own: an attachment is foreign octets.
/// </summary>
internal static class Downloads
{
    public static void Map(RouteGroupBuilder pages)
    {
        pages.MapGet("/exchange/{id:guid}/evidence", EvidenceAsync).Needs(ExchangeModule.Read);
        pages.MapGet("/exchange/{id:guid}/data", DataAsync).Needs(ExchangeModule.Read);
        pages.MapGet("/exchange/messages/{id:guid}/envelope", EnvelopeAsync).Needs(ExchangeModule.Read);
        pages
            .MapGet("/exchange/messages/{id:guid}/attachments/{number:int}", AttachmentAsync)
            .Needs(ExchangeModule.Read);
    }

    private static async Task<IResult> EvidenceAsync(Guid id, EvidenceQuery evidence, CancellationToken ct) =>
        await evidence.MakeAsync(id, ct) is { } file
            ? TypedResults.File(file.ToJson(), EvidenceQuery.MediaType, $"evidence-{file.Conversation}.json")
            : SendingProblems.NoSuchConversation.ToPage();

    private static async Task<IResult> DataAsync(
        Guid id,
        ConversationQuery query,
        HttpContext context,
        CancellationToken ct
    )
    {
        if (await query.FindAsync(id, ct) is not { } found)
            return SendingProblems.NoSuchConversation.ToPage();
        var name = new ContentDispositionHeaderValue("attachment")
        {
            FileName = $"conversation-{found.Conversation}.json",
        };
        context.Response.Headers.ContentDisposition = name.ToString();
        return TypedResults.Ok(found);
    }

    private static async Task<IResult> EnvelopeAsync(
        Guid id,
        string? to,
        ConversationQuery query,
        CancellationToken ct
    ) =>
        await query.EnvelopeAsync(id, to, ct) is { } octets
            ? TypedResults.File(octets, "message/rfc822", $"{id}.eml")
            : SendingProblems.NoSuchMessage.ToPage();

    private static async Task<IResult> AttachmentAsync(
        Guid id,
        int number,
        ConversationQuery query,
        CancellationToken ct
    ) =>
        await query.AttachmentAsync(id, number, ct) is var (view, octets)
            ? TypedResults.File(octets, "application/octet-stream", view.Name)
            : SendingProblems.NoSuchMessage.ToPage();
}
