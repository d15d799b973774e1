using Comity.Exchange.Sending;
using Comity.Exchange.Words;
using Comity.Kernel.Modules;
using Comity.Kernel.Outcomes;
using Comity.Ui.Layout;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Comity.Exchange.Reading;

/// <summary>The list of conversations.</summary>
/// <param name="Lines">One page of them.</param>
/// <param name="Office">Of which office; null for all.</param>
/// <param name="Page">Which page, from 1.</param>
/// <param name="More">Whether there are older ones.</param>
/// <param name="Kept">What is kept until its time.</param>
internal sealed record ConversationList(
    IReadOnlyList<ConversationLine> Lines,
    string? Office,
    int Page,
    bool More,
    IReadOnlyList<KeptEnvelope> Kept
)
{
    public string AddressOf(int page) =>
        FormattableString.Invariant($"/exchange?page={page}")
        + (Office is null ? "" : "&office=" + Uri.EscapeDataString(Office));
}

/// <summary>The pages of the exchange that only show. What a viewer may not see is not there.</summary>
internal static class ReadPages
{
    public static void Map(RouteGroupBuilder pages)
    {
        pages.MapGet("/desk", DeskAsync).Needs(ExchangeModule.Read);
        pages.MapGet("/exchange", ListAsync).Needs(ExchangeModule.Read);
        pages.MapGet("/exchange/{id:guid}", ConversationAsync).Needs(ExchangeModule.Read);
        pages.MapGet("/exchange/messages/{id:guid}", MessageAsync).Needs(ExchangeModule.Read);
    }

    private static async Task<IResult> DeskAsync(DeskSheetQuery desk, Names names, CancellationToken ct)
    {
        await names.ReadAsync(ct);
        return Sheet<DeskPage, DeskSheet>.Show(await desk.AskAsync(ct));
    }

    private static async Task<IResult> ListAsync(
        string? office,
        int? page,
        ConversationQuery query,
        DeskSheetQuery desk,
        Names names,
        CancellationToken ct
    )
    {
        var shown = Math.Max(page ?? 1, 1);
        var (lines, more) = await query.ListAsync(office, shown, ct);
        await names.ReadAsync(ct);
        return Sheet<ConversationsPage, ConversationList>.Show(
            new(lines, string.IsNullOrEmpty(office) ? null : office, shown, more, await desk.KeptAsync(ct))
        );
    }

    private static async Task<IResult> ConversationAsync(
        Guid id,
        ConversationQuery query,
        Names names,
        CancellationToken ct
    )
    {
        if (await query.FindAsync(id, ct) is not { } found)
            return SendingProblems.NoSuchConversation.ToPage();
        await names.ReadAsync(found, ct);
        return Sheet<ConversationPage, ConversationView>.Show(found);
    }

    // Wherever a message is named by the id that all sides share, its place is in its conversation.
    private static async Task<IResult> MessageAsync(Guid id, ConversationQuery query, CancellationToken ct) =>
        await query.MessageAsync(id, ct) is { } found
            ? TypedResults.LocalRedirect($"/exchange/{found.Conversation}#m-{found.Id}")
            : SendingProblems.NoSuchMessage.ToPage();
}
