using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Comity.Exchange.Data;
using Comity.Exchange.Sending;
using Comity.Kernel;
using Comity.Kernel.Data;
using Comity.Kernel.Outcomes;
using Comity.Kernel.Viewing;
using Comity.Protocol;
using Comity.Protocol.Messages;
using Microsoft.EntityFrameworkCore;

namespace Comity.Exchange.Acknowledging;

/// <summary>A person says that the office has a message. Receipt only: nothing else is said by it.</summary>
/// <param name="Message">Row or shared id of the message.</param>
/// <param name="AnswerExpectedBy">By when the person expects to answer, UTC.</param>
/// <param name="Form"><c>acknowledged</c> (also where empty) or <c>not-the-right-office</c>.</param>
/// <param name="Pointer">The right office, where this is not it.</param>
/// <param name="Text">A line of the person's own.</param>
internal sealed record Acknowledge(
    Guid Message,
    DateTime? AnswerExpectedBy = null,
    string? Form = null,
    string? Pointer = null,
    [property: StringLength(1000)] string? Text = null
)
{
    /// <summary>Language of that line: the page knows its reader's; over the API it is English.</summary>
    [JsonIgnore]
    public string Language { get; init; } = "en";
}

/// <summary>The acknowledgement that was accepted for sending.</summary>
/// <param name="Id">The id that both sides share.</param>
/// <param name="Conversation">The id that both sides share.</param>
/// <param name="Row">Row of the conversation.</param>
/// <param name="AcceptedAt">By our clock, UTC.</param>
internal sealed record Acknowledged(string Id, string Conversation, Guid Row, DateTime AcceptedAt);

internal sealed class AcknowledgeHandler(AppDb db, Acceptance acceptance, CurrentViewer current, TimeProvider clock)
{
    private const string NotTheRightOffice = "not-the-right-office";

    public async Task<Outcome<Acknowledged>> HandleAsync(Acknowledge request, CancellationToken ct)
    {
        var read = Read(request);
        if (read.Problem is { } wrong)
            return wrong;
        var found = await FindAsync(request.Message, ct);
        if (found.Problem is { } missing)
            return missing;
        var (message, whole) = found.Value;
        var draft = new Draft
        {
            From = whole.Home,
            To = [message.From],
            Kind = MessageKind.Acknowledgement,
            Conversation = whole.Id,
            InReplyTo = message.Id,
            Language = request.Language,
            Tlp = message.Tlp,
            Fields = read.Value,
            Once = true,
        };
        var accepted = await acceptance.AcceptAsync(current.Viewer, draft, ct);
        return accepted.Then(a => new Acknowledged(a.Id.ToString(), a.Conversation.ToString(), whole.Id, a.At));
    }

    private async Task<Outcome<(StoredMessage, Conversation)>> FindAsync(Guid id, CancellationToken ct)
    {
        // Only what came to us, and is not itself an acknowledgement, can be acknowledged.
        var found = await Lookup
            .Messages(db, id)
            .Where(m => !m.Sent && m.Kind != MessageKind.Acknowledgement)
            .ToListAsync(ct);
        if ((found.Find(m => m.Id == id) ?? found.FirstOrDefault()) is not { } message)
            return SendingProblems.NoSuchMessage;
        // A party may use the id of another for something of its own; then only the row says which is meant.
        if (message.Id != id && found.Any(m => m.Digest != message.Digest))
            return SendingProblems.SeveralOfThisId;
        var whole = await db.Set<Conversation>().AsNoTracking().SingleAsync(c => c.Id == message.ConversationRow, ct);
        return (message, whole);
    }

    private Outcome<AcknowledgementFields> Read(Acknowledge request)
    {
        var otherOffice = string.Equals(request.Form, NotTheRightOffice, StringComparison.Ordinal);
        if (!otherOffice && request.Form is not (null or "" or "acknowledged"))
            return SendingProblems.Field(
                "form", /* T */
                "Choose one of the answers offered."
            );
        var pointer = string.IsNullOrWhiteSpace(request.Pointer) ? null : request.Pointer.Trim();
        OfficeName? rightOffice = null;
        if (pointer is not null)
        {
            if (!otherOffice || !OfficeName.TryParse(pointer, out var office))
                return SendingProblems.Field(
                    "pointer",
                    /* T */"Name the right office as QN/policy, and say that this is not it."
                );
            rightOffice = office;
        }
        if (otherOffice && request.AnswerExpectedBy is not null)
            return SendingProblems.Field(
                "answerExpectedBy", /* T */
                "Another office will answer; leave this empty."
            );
        if (request.AnswerExpectedBy < clock.Utc())
            return SendingProblems.Field(
                "answerExpectedBy", /* T */
                "This time is over. Choose one to come, in UTC."
            );
        var text = string.IsNullOrWhiteSpace(request.Text) ? null : request.Text.Trim();
        var form = otherOffice ? AcknowledgementForm.NotTheRightOffice : AcknowledgementForm.Acknowledged;
        return new AcknowledgementFields(form, request.AnswerExpectedBy?.ToUniversalTime(), rightOffice, text);
    }
}
