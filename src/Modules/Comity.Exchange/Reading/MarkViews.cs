using Comity.Exchange.Data;
using Comity.Protocol;
using Comity.Protocol.Conversations;
using Comity.Protocol.Messages;

namespace Comity.Exchange.Reading;

/// <summary>
/// The marks of a message at a recipient with both clocks: ours, and the one of whoever set the mark where that is the
/// other side.
/// </summary>
internal static class MarkViews
{
    private static readonly (Marks Mark, string Name)[] Order =
    [
        (Marks.Accepted, MarkNames.Accepted),
        (Marks.HandedOver, MarkNames.HandedOver),
        (Marks.Stored, MarkNames.Stored),
        (Marks.Opened, MarkNames.Opened),
        (Marks.Acknowledged, MarkNames.Acknowledged),
        (Marks.NotTheRightOffice, MarkNames.NotTheRightOffice),
        (Marks.Answered, MarkNames.Answered),
        (Marks.Closed, MarkNames.Closed),
        (Marks.Withdrawn, MarkNames.Withdrawn),
        (Marks.NotDelivered, MarkNames.NotDelivered),
    ];

    public static RecipientView Of(OpenedConversation opened, OpenedRow row, RecipientState state) =>
        new(
            state.Office.Value,
            row.Message.Cc.Contains(state.Office),
            [.. Order.Where(o => state.Marks.HasFlag(o.Mark)).Select(o => Of(opened, row, state, o.Mark, o.Name))],
            [
                .. row
                    .Receipts.Where(r => r.Office == state.Office)
                    .Select(r => new ReceiptView(r.Office.Value, r.Level.Code(), r.SignedAt, r.At, r.NodeKey, r.Given)),
            ]
        );

    private static MarkView Of(OpenedConversation opened, OpenedRow row, RecipientState state, Marks mark, string name)
    {
        var at = state.Times[mark];
        return mark switch
        {
            Marks.Stored => Receipt(row, state, ReceiptLevel.Stored, name, at),
            Marks.Opened => Receipt(row, state, ReceiptLevel.Opened, name, at),
            Marks.NotDelivered => new MarkView(name, at, Cause: state.Cause),
            Marks.Acknowledged or Marks.NotTheRightOffice => Said(opened, row, at, name) with
            {
                AnswerExpectedBy = state.AnswerExpectedBy,
                RightOffice = state.RightOffice?.Value,
            },
            Marks.Answered or Marks.Closed or Marks.Withdrawn => Said(opened, row, at, name),
            _ => new MarkView(name, at),
        };
    }

    private static MarkView Receipt(OpenedRow row, RecipientState state, ReceiptLevel level, string name, DateTime at)
    {
        var receipt = row.Receipts.First(r => r.Office == state.Office && r.Level == level);
        return receipt.Given ? new MarkView(name, at) : new MarkView(name, receipt.At, at);
    }

    // The mark was set by a message: its author's clock made the time, ours saw it come.
    private static MarkView Said(OpenedConversation opened, OpenedRow row, DateTime at, string name)
    {
        var by = opened
            .Rows.Where(r => r.Message.Created == at)
            .OrderByDescending(r => r.Message.InReplyTo?.Digest == row.Stored.Digest)
            .ThenBy(r => r.Stored.Digest)
            .FirstOrDefault();
        if (by is null || by.Stored.Sent)
            return new MarkView(name, at, Message: by?.Message.Id.ToString());
        return new MarkView(name, by.Stored.At, at, Message: by.Message.Id.ToString());
    }
}
