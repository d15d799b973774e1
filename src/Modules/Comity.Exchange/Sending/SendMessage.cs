using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Comity.Directory;
using Comity.Exchange.Sealing;
using Comity.Exchange.Words;
using Comity.Kernel.Data;
using Comity.Kernel.Outcomes;
using Comity.Kernel.Viewing;
using Comity.OpenPgp;
using Comity.Protocol;

namespace Comity.Exchange.Sending;

/// <summary>Sends a message of one of our offices. Told "accepted" means: committed here, and sealed and sent from then on.</summary>
/// <param name="From">Our office, <c>QM/technical</c>.</param>
/// <param name="To">The offices addressed; may be empty inside a conversation, where it means everybody else in it.</param>
/// <param name="Cc">For their knowledge; everybody sees everybody.</param>
/// <param name="Message">What is said.</param>
/// <param name="Stix">A STIX 2.1 bundle (base64): its indicators become rows, it travels as an attachment.</param>
/// <param name="Attachments">Files.</param>
/// <param name="IncludeNames">Ids of objects of the bundle whose names a person confirmed; other names are left out.</param>
/// <param name="WithoutIndicators">The bundle travels, its indicators do not become rows of the message.</param>
/// <param name="Id">
/// The id that the message is to have, a UUID of version 7. Whoever gives one and loses the answer sends the same again and
/// gets the same answer; under one id nothing is sent twice.
/// </param>
internal sealed record SendMessage(
    [property: Required] string From,
    IReadOnlyList<string>? To,
    IReadOnlyList<string>? Cc,
    [property: Required] MessageDraft Message,
    byte[]? Stix = null,
    IReadOnlyList<AttachmentDraft>? Attachments = null,
    IReadOnlyList<string>? IncludeNames = null,
    bool WithoutIndicators = false,
    string? Id = null
);

/// <summary>The members of a message that its author decides; the rest the node adds.</summary>
internal sealed record MessageDraft(
    [property: Required] string Kind,
    string? Conversation = null,
    string? InReplyTo = null,
    string? Language = null,
    string? Tlp = null,
    string? Pap = null,
    string? Handling = null,
    bool? Exercise = null,
    string? Record = null,
    DateTime? ReplyBy = null,
    JsonElement? Severity = null,
    JsonElement? Template = null,
    JsonElement? Fields = null
);

/// <summary>A file: its name, its media type, its octets in base64.</summary>
internal sealed record AttachmentDraft(
    [property: Required] string Name,
    string? MediaType,
    [property: Required] byte[] Content
);

internal sealed class SendMessageHandler(
    DirectoryQueries directory,
    DraftReader drafts,
    Turn turn,
    SentBefore before,
    Acceptance acceptance,
    AppDb db,
    CurrentViewer current
)
{
    public async Task<Outcome<MessageAccepted>> HandleAsync(SendMessage request, CancellationToken ct)
    {
        var intake = StixIntake.Read(request.Stix, request.IncludeNames ?? []);
        if (intake.Problem is { } unreadable)
            return unreadable;
        var drafted = await drafts.ReadAsync(request, intake.Value, ct);
        if (drafted.Problem is { } wrong)
            return wrong;
        // What was said already need not be this office's turn once more.
        var again = await before.FindAsync(db, drafted.Value, ct) is not null;
        if (!again && await turn.ObjectionAsync(drafted.Value, ct) is { } objection)
            return objection;
        var recipients = await LookAsync(drafted.Value, ct);
        if (recipients.Problem is { } unknown)
            return unknown;
        var accepted = await acceptance.AcceptAsync(current.Viewer, drafted.Value, ct);
        return accepted.Then(message => new MessageAccepted
        {
            Id = message.Id.ToString(),
            Row = message.Row,
            Conversation = message.Conversation.ToString(),
            Digest = message.Digest.ToString(),
            AcceptedAt = message.At,
            Recipients = recipients.Value,
            Indicators = intake.Value.Rows,
            IndicatorsInMessage = drafted.Value.IndicatorRows,
            NotUnderstood = intake.Value.NotUnderstood,
            NamesLeftOut = intake.Value.LeftOut,
            NamesInValues = intake.Value.InValues,
        });
    }

    private async Task<Outcome<List<RecipientNow>>> LookAsync(Draft draft, CancellationToken ct)
    {
        var found = new List<RecipientNow>();
        foreach (var office in draft.To.Concat(draft.Cc))
        {
            var card = await directory.OfficeAsync(office, ct);
            if (card is null)
                return SendingProblems.UnknownOffice(office);
            var waits = card.KeyStanding == KeyStanding.Usable ? null : CauseWords.English(SealingFacts.CauseOf(card));
            found.Add(new(office.Value, card.Custody.Code(), card.KeyStanding.Code()) { Waits = waits });
        }
        return found;
    }
}
