using Comity.Kernel.Outcomes;
using Comity.Protocol;
using Comity.Protocol.Messages;

namespace Comity.Exchange.Sending;

/// <summary>
/// Reads what an author asks to send. The protocol's own reader judges it, so that nothing is accepted here that the
/// other side would refuse.
/// </summary>
internal sealed class DraftReader(DefaultRecipients defaults, TimeProvider clock)
{
    public async Task<Outcome<Draft>> ReadAsync(SendMessage request, StixIntake intake, CancellationToken ct)
    {
        if (!OfficeName.TryParse(request.From, out var from))
            return SendingProblems.Field("from", "Write our office as QM/technical.");
        if (request.Id is { } given && !MessageId.TryParse(given, out _))
            return SendingProblems.Field("id", "Write a UUID of version 7 in small letters, or leave it out.");
        if (request.Message.Record is { } record && record != RecordMode.BetweenUs.Code())
            return SendingProblems.LoggedIsNotYet;
        var closes = request.Message.Kind == MessageKind.Closure.Code();
        if (closes && request.Message.InReplyTo is not null)
            return SendingProblems.ClosesEverything;
        var addressees = await defaults.OfAsync(from, request, ct);
        if (addressees.Problem is { } nobody)
            return nobody;
        var reading = MessageJson.Read(DraftJson.Write(request, addressees.Value, clock));
        if (!reading.IsGood)
            return SendingProblems.Malformed(reading.Fault);
        var message = reading.Value;
        if (DraftJson.Unknown(request.Message.Fields, message) is { } unknown)
            return SendingProblems.Field("message.fields." + unknown, "A message of this kind does not have this.");
        if (NamesInText.First(request.Message, intake.Unconfirmed) is { } named)
            return SendingProblems.NamesSomebody(named.Place, named.Name);
        var fields = request.WithoutIndicators ? message.Fields : WithRows.Add(message.Fields, intake);
        return new Draft
        {
            Id = request.Id is { } id ? MessageId.Parse(id) : null,
            From = from,
            To = message.To,
            Cc = message.Cc,
            Kind = message.Kind,
            Conversation = DraftPlace.Id(request.Message.Conversation),
            InReplyTo = DraftPlace.Id(request.Message.InReplyTo),
            Language = message.Language,
            Tlp = message.Tlp,
            Pap = message.Pap,
            Handling = message.Handling,
            Exercise = request.Message.Exercise,
            ReplyBy = message.ReplyBy,
            Severity = message.Severity,
            Template = message.Template,
            Fields = fields,
            Attachments = Attachments(request, intake),
            Once = message.Kind is MessageKind.Withdrawal or MessageKind.Closure,
            IndicatorRows = WithRows.Count(fields) - WithRows.Count(message.Fields),
        };
    }

    private static IReadOnlyList<DraftAttachment> Attachments(SendMessage request, StixIntake intake)
    {
        var files = (request.Attachments ?? []).Select(a => new DraftAttachment(
            a.Name,
            string.IsNullOrEmpty(a.MediaType) ? "application/octet-stream" : a.MediaType,
            a.Content
        ));
        return intake.Octets is { } bundle
            ? [new(StixIntake.FileName, StixIntake.MediaType, bundle), .. files]
            : [.. files];
    }
}
