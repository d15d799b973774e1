using System.ComponentModel.DataAnnotations;
using Comity.Exchange.Data;
using Comity.Kernel.Data;
using Comity.Kernel.Outcomes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Validation;

namespace Comity.Exchange.Acknowledging;

/// <summary>A person says that the office has a message. Receipt only: nothing else is said by it.</summary>
/// <param name="Message">Row or shared id of the message.</param>
/// <param name="AnswerExpectedBy">By when the person expects to answer, UTC.</param>
/// <param name="Form"><c>acknowledged</c> (also where empty) or <c>not-the-right-office</c>.</param>
/// <param name="Pointer">The right office, where this is not it.</param>
/// <param name="Text">A line of the person's own.</param>
[ValidatableType]
internal sealed record Acknowledge(
    Guid Message,
    DateTime? AnswerExpectedBy = null,
    string? Form = null,
    string? Pointer = null,
    [property: StringLength(1000)] string? Text = null
);

/// <summary>The acknowledgement that was accepted for sending.</summary>
internal sealed record Acknowledged(string Id, string Conversation, Guid Row, DateTime AcceptedAt);

internal sealed class AcknowledgeHandler(AppDb db)
{
    private static readonly Problem NoSuchMessage = Problem.NotFound(
        "exchange.no-such-message",
        "There is no such message. Nothing was changed."
    );

    public async Task<Outcome<Acknowledged>> HandleAsync(Acknowledge request, CancellationToken ct)
    {
        await db.Set<StoredMessage>().AnyAsync(m => m.Id == request.Message, ct);
        return NoSuchMessage;
    }
}
