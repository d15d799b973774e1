using Comity.Libraries.Tests.Protocol.Envelopes;
using Comity.Protocol;
using Comity.Protocol.Envelopes;
using Comity.Protocol.Messages;

namespace Comity.Libraries.Tests.Protocol.Messages;

/// <summary>The id of a conversation says who opened it and whether it is an exercise; each message alone shows that.</summary>
public sealed class OpeningTests
{
    [Fact]
    public void The_id_is_the_one_of_the_specification()
    {
        var id = ConversationId.Of(World.Qm.Office, exercise: false, "AAAAAAAAAAAAAAAAAAAAAA");
        Assert.Equal("aba841d1-5734-8725-8a43-872ebac2d6b3", id.ToString());
    }

    [Fact]
    public void Office_exercise_and_nonce_each_make_another_id() =>
        Assert.Distinct([
            World.Opening.Id(exercise: false),
            World.Opening.Id(exercise: true),
            (World.Opening with { Office = World.Qn.Office }).Id(exercise: false),
            (World.Opening with { Nonce = "AAAAAAAAAAAAAAAAAAAAAA" }).Id(exercise: false),
        ]);

    [Fact]
    public void Nobody_says_that_another_opened_a_conversation_or_that_it_is_an_exercise()
    {
        var update = World.Update();
        Refused(update with { Opening = World.Opening with { Office = World.Qn.Office } }, "conversation");
        Refused(update with { Exercise = true }, "conversation");
        Refused(World.Notification() with { From = World.Qn.Office, To = [World.Qm.Office] }, "conversation");
    }

    [Fact]
    public void A_message_that_opens_nothing_says_in_which_conversation_it_stands()
    {
        Refused(World.Update() with { Opening = null }, "opening");
        Refused(World.Notification() with { Opening = World.Opening }, "opening");
    }

    [Fact]
    public void An_envelope_for_a_conversation_that_its_author_was_not_told_of_is_refused()
    {
        var guessed = World.Opening with { Nonce = "AAAAAAAAAAAAAAAAAAAAAA" };
        new Forged(World.Update(change: m => m with { Opening = guessed })).Refused(EnvelopeRefusal.MessageRefused);
        new Forged(World.Update(change: m => m with { Exercise = true })).Refused(EnvelopeRefusal.MessageRefused);
    }

    private static void Refused(Message message, string path)
    {
        message = message with { Chain = [.. message.Recipients.Select(office => new ChainLink(office, 1, null))] };
        Assert.Equal(path, MessageJson.Read(MessageJson.Write(message)).Fault?.Path);
    }
}
