using System.Text.Json;
using Comity.Exchange.Data;
using Comity.Protocol;
using Comity.Protocol.Conversations;
using Comity.Protocol.Messages;

namespace Comity.Exchange.Reading;

/// <summary>Makes records for pages and API of an opened conversation.</summary>
internal static class ConversationViews
{
    /// <summary>How long a message waits for the one that it answers; senders try for five days, and what is late counts still.</summary>
    private static readonly TimeSpan ParkedFor = TimeSpan.FromHours(72);

    public static ConversationView Of(OpenedConversation opened, DateTime now)
    {
        var whole = opened.Whole;
        return new ConversationView
        {
            Id = whole.Id,
            Conversation = whole.ConversationId.ToString(),
            Home = whole.Home.Value,
            Others = [.. whole.Others.Select(o => o.Value)],
            Opener = (opened.State.Owner ?? whole.Opener).Value,
            HasOpening = opened.State.Opening is not null,
            Kind = opened.First?.Message.Kind.Code(),
            Title = opened.Title,
            Language = opened.First?.Message.Language,
            Exercise = whole.Exercise,
            Record = whole.Record.Code(),
            Closed = opened.State.Closed,
            Opened = whole.Opened,
            Latest = whole.Latest,
            Messages = [.. opened.State.Messages.Select(m => Of(opened, opened.ByDigest[m.Digest].First(), now))],
            Gaps = [.. opened.State.Gaps.Select(g => new GapView(g.Author.Value, g.Office.Value, g.Sequence))],
            Forks = [.. opened.State.Forks.Select(f => new GapView(f.Author.Value, f.Office.Value, f.Sequence))],
            Next = [.. opened.State.NextKinds(whole.Home).Select(k => k.Code())],
            Now = now,
        };
    }

    public static MessageView Of(OpenedConversation opened, OpenedRow row, DateTime now)
    {
        var (stored, message) = (row.Stored, row.Message);
        var state = opened.State.Messages.First(m => m.Digest == stored.Digest);
        return new MessageView
        {
            Id = stored.Id,
            Conversation = stored.ConversationRow,
            Message = message.Id.ToString(),
            Digest = stored.Digest.Value,
            Kind = message.Kind.Code(),
            From = message.From.Value,
            To = [.. message.To.Select(o => o.Value)],
            Cc = [.. message.Cc.Select(o => o.Value)],
            Sent = stored.Sent,
            By = stored.By,
            Created = message.Created,
            At = stored.At,
            Language = message.Language,
            Tlp = message.Tlp.Code(),
            Pap = message.Pap?.Code(),
            Handling = message.Handling,
            Exercise = message.Exercise,
            ReplyBy = message.ReplyBy,
            InReplyTo = message.InReplyTo?.Id.ToString(),
            InReplyToDigest = message.InReplyTo?.Digest.Value,
            Fields = Fields(row.Octets),
            Said = message.Fields,
            Attachments =
            [
                .. message.Attachments.Select(
                    (a, i) => new AttachmentView(i + 1, a.Name, a.MediaType, a.Size, a.Digest.Value)
                ),
            ],
            Recipients = [.. state.Recipients.Select(r => MarkViews.Of(opened, row, r))],
            Statements = [.. Kinds.Of(message.Kind).Statements.Select(s => s.Id)],
            Verification = Verification(stored),
            Waiting = state.Parked,
            NeverCame = state.Parked && now - stored.At >= ParkedFor,
            Unnamed = opened.IsUnnamed(message.From),
            NoEffect = state.NoEffect is { } why ? Receiving.Spelling.Hyphens(why.ToString()) : null,
            Withdrawn = state.Recipients.Any(r => r.Marks.HasFlag(Marks.Withdrawn)),
            Next = [.. state.NextKinds(opened.Home).Select(k => k.Code())],
        };
    }

    private static JsonElement Fields(ReadOnlyMemory<byte> octets)
    {
        using var json = JsonDocument.Parse(octets);
        return json.RootElement.GetProperty("fields").Clone();
    }

    private static VerificationView? Verification(StoredMessage stored) =>
        stored.Arrival is not { } arrival
            ? null
            : new VerificationView(
                arrival.EnvelopeDigest.Value,
                arrival.Signer,
                arrival.SignedAt,
                arrival.SignerStanding,
                arrival.TextDiffers
            );
}
