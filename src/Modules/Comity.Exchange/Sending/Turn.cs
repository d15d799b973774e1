using Comity.Exchange.Reading;
using Comity.Kernel.Data;
using Comity.Kernel.Outcomes;
using Comity.Protocol;
using Comity.Protocol.Messages;

namespace Comity.Exchange.Sending;

/// <summary>
/// Whether our office may say something in a conversation as it stands. The protocol's own fold judges it, so that
/// nothing is sent of which the other side would say that it changes nothing.
/// </summary>
internal sealed class Turn(AppDb db, ConversationOpener opener)
{
    public async Task<Problem?> ObjectionAsync(Draft draft, CancellationToken ct)
    {
        if (draft.Conversation is not { } conversation)
            return null;
        var found = await DraftPlace.FindAsync(db, draft.From, conversation, draft.InReplyTo, ct);
        if (found.Problem is { } problem)
            return problem;
        // Opening a long conversation costs as much as all that was said in it.
        if (Kinds.IsSaidAtAnyTime(draft.Kind))
            return null;
        var (whole, answered) = found.Value;
        var state = (await opener.OpenAsync([whole], ct))[0].State;
        var rule = Kinds.Of(draft.Kind);
        var may = state.NextKinds(draft.From).Contains(draft.Kind);
        if (may && rule.NeedsReference)
            may = state
                .Messages.Where(m => m.Digest == answered?.Digest)
                .Any(m => m.NextKinds(draft.From).Contains(draft.Kind));
        if (may)
            return null;
        return draft.Kind switch
        {
            MessageKind.Withdrawal => SendingProblems.NotTheAuthor,
            MessageKind.Closure => SendingProblems.NotTheOwner,
            _ when rule.NeedsReference => SendingProblems.NothingAsksForIt,
            _ when state.Closed => SendingProblems.IsClosed,
            _ => SendingProblems.OpensOnly,
        };
    }
}
