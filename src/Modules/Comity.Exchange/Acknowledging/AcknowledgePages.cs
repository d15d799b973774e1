using Comity.Exchange.Reading;
using Comity.Exchange.Sending;
using Comity.Exchange.Words;
using Comity.Kernel.Forms;
using Comity.Kernel.Modules;
using Comity.Kernel.Outcomes;
using Comity.Ui.Languages;
using Comity.Ui.Layout;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Comity.Exchange.Acknowledging;

/// <summary>The page on which a person acknowledges: it says first what will happen, and asks once.</summary>
internal static class AcknowledgePages
{
    private const string Path = "/exchange/messages/{id:guid}/acknowledge";

    public static void Map(RouteGroupBuilder pages)
    {
        pages.MapGet(Path, GetAsync).Needs(ExchangeModule.Acknowledge);
        pages.MapPost(Path, PostAsync).Needs(ExchangeModule.Acknowledge);
    }

    // The address may propose a time (by) and say which part is open (say); nothing happens by following a link.
    private static Task<IResult> GetAsync(
        Guid id,
        string? by,
        string? say,
        ConversationQuery query,
        Names names,
        CancellationToken ct
    )
    {
        var form = new Form<AcknowledgeForm>().Start("answerExpectedBy", by).Start("form", say);
        return ShowAsync(id, form, StatusCodes.Status200OK, query, names, ct);
    }

    private static async Task<IResult> PostAsync(
        Guid id,
        Form<AcknowledgeForm> form,
        AcknowledgeHandler handler,
        Texts texts,
        ConversationQuery query,
        Names names,
        CancellationToken ct
    )
    {
        var status = StatusCodes.Status422UnprocessableEntity;
        if (form.IsValid)
        {
            var outcome = await handler.HandleAsync(form.Value.For(id, texts.Language.Tag), ct);
            if (outcome.Problem is not { } problem)
                return TypedResults.LocalRedirect($"/exchange/{outcome.Value.Row}?done={outcome.Value.Id}");
            if (problem.Kind == ProblemKind.NotFound)
                return problem.ToPage();
            status = problem.Kind.Status();
            form.With(problem);
        }
        return await ShowAsync(id, form, status, query, names, ct);
    }

    private static async Task<IResult> ShowAsync(
        Guid id,
        Form<AcknowledgeForm> form,
        int status,
        ConversationQuery query,
        Names names,
        CancellationToken ct
    )
    {
        if (
            await query.MessageAsync(id, ct) is not { } message
            || await query.FindAsync(message.Conversation, ct) is not { } whole
        )
            return SendingProblems.NoSuchMessage.ToPage();
        await names.ReadAsync(whole, ct);
        return Sheet<AcknowledgePage, AcknowledgeSheet>.Show(new(whole, message, form), status);
    }
}
