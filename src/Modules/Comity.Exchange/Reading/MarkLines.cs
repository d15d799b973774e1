using Comity.Exchange.Words;
using Comity.Protocol.Messages;
using Comity.Ui.Components;
using Comity.Ui.Languages;

namespace Comity.Exchange.Reading;

/// <summary>The marks of a message at a recipient as lines: what is so, and what is asked for and not yet so.</summary>
internal static class MarkLines
{
    private static readonly string[] Way = [MarkNames.HandedOver, MarkNames.Stored, MarkNames.Opened];
    private static readonly string[] Over = [MarkNames.Closed, MarkNames.Withdrawn];

    public static IReadOnlyList<Mark> Of(Texts texts, MessageView message, RecipientView recipient)
    {
        var words = message.Sent ? MarkWords.OfOurs : MarkWords.OfTheirs;
        var there = recipient.Marks.ToDictionary(m => m.Name, StringComparer.Ordinal);
        var missing = Missing(message, recipient, [.. there.Keys]);
        return
        [
            .. recipient.Marks.Select(m => new Mark(
                m.Name == MarkNames.NotDelivered ? MarkState.Failed : MarkState.Done,
                texts.Say(words, m.Name),
                m.Ours,
                Detail(texts, m)
            )),
            .. missing.Select(name => new Mark(MarkState.Open, texts.Say(words, name))),
        ];
    }

    // Marks are independent: a step on the way is not missed where a later one came (mail knows no receipts).
    private static IEnumerable<string> Missing(MessageView message, RecipientView recipient, HashSet<string> there)
    {
        if (there.Any(Over.Contains) || message.NoEffect is not null)
            yield break;
        var said = there.Contains(MarkNames.Acknowledged) || there.Contains(MarkNames.NotTheRightOffice);
        var last =
            said || there.Contains(MarkNames.Answered) ? Way.Length : Array.FindLastIndex(Way, there.Contains) + 1;
        if (message.Sent)
            foreach (var step in Way.Skip(last))
                yield return step;
        if (recipient.Copy || !MessageKinds.TryGetValue(message.Kind, out var asks))
            yield break;
        if (!said && asks.HasFlag(Asks.Acknowledgement))
            yield return MarkNames.Acknowledged;
        if (!there.Contains(MarkNames.Answered) && (asks & ~Asks.Acknowledgement) != Asks.Nothing)
            yield return MarkNames.Answered;
    }

    private static readonly Dictionary<string, Asks> MessageKinds = Kinds.All.ToDictionary(
        k => Protocol.Codes.Code(k.Kind),
        k => k.AsksFor,
        StringComparer.Ordinal
    );

    private static string? Detail(Texts texts, MarkView mark)
    {
        List<string> said = [];
        if (mark.Name is MarkNames.Stored or MarkNames.Opened && mark.Theirs is not null)
            said.Add(texts.T("receipt of the node, checked"));
        if (mark.Theirs is { } theirs)
            said.Add(texts.T("their clock: {time}", ("time", theirs)));
        if (mark.AnswerExpectedBy is { } by && mark.Name == MarkNames.Acknowledged)
            said.Add(texts.T("answer expected by {time}", ("time", by)));
        if (mark.RightOffice is { } office)
            said.Add(texts.T("go to {office}", ("office", office)));
        if (mark.Cause is { } cause)
            said.Add(CauseWords.Of(texts, cause));
        return said.Count == 0 ? null : string.Join(" · ", said);
    }
}
