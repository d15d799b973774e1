using System.Diagnostics;
using Comity.Protocol;
using Comity.Protocol.Conversations;
using Comity.Protocol.Messages;

namespace Comity.Libraries.Tests.Protocol.Conversations;

public sealed class FoldCostTests
{
    private static readonly IReadOnlyList<OfficeName> Many =
    [
        .. Enumerable.Range(0, 999).Select(i => OfficeName.Parse($"QX/office-{i}")),
    ];

    [Fact]
    public void Many_messages_to_many_offices_cost_what_is_known_of_them()
    {
        var clock = Stopwatch.StartNew();
        var state = ConversationFold.Fold(Flood(600), new HashSet<OfficeName> { World.Qn.Office });
        Assert.Equal(600, state.Messages.Count);
        // Every message times every recipient times every fact would be minutes.
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(5));
    }

    [Fact]
    public void A_recipient_of_whom_nothing_is_known_has_no_marks()
    {
        var state = ConversationFold.Fold(Flood(2), new HashSet<OfficeName> { World.Qn.Office });
        Assert.Equal(1000, state.Messages[0].Recipients.Count);
        Assert.Equal(Marks.Opened, Assert.Single(state.Messages[0].Recipients, r => r.Marks != Marks.None).Marks);
    }

    private static IEnumerable<ConversationFact> Flood(int messages)
    {
        var first = World.Update() with { To = [World.Qn.Office, .. Many] };
        for (var i = 0; i < messages; i++)
        {
            var message = first with { Id = MessageId.New(World.Now.AddSeconds(i)), Created = World.Now.AddSeconds(i) };
            var digest = Digest.Of(System.Text.Encoding.UTF8.GetBytes(message.Id.ToString()));
            yield return new MessageFact(digest, message);
            yield return new ReceiptFact(digest, World.Qn.Office, ReceiptLevel.Opened, message.Created);
        }
    }
}
