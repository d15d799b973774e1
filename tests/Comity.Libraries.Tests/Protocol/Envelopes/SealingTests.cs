using System.Text;
using Comity.OpenPgp;
using Comity.Protocol;
using Comity.Protocol.Envelopes;
using Comity.Protocol.Messages;

namespace Comity.Libraries.Tests.Protocol.Envelopes;

public sealed class SealingTests
{
    [Fact]
    public void What_is_sealed_for_an_office_opens_there_with_every_digest()
    {
        var octets = Enumerable.Range(0, 100_000).Select(i => (byte)i).ToArray();
        var message = World.Compose(
            World.Notification(to: [World.Qn, World.Qx]),
            World.Attachment("bundle.json", octets),
            World.Attachment("تقرير 报告.bin", [0, 13, 10, 255], "application/octet-stream")
        );
        var envelope = Seal(message, World.Qn);
        var opening = Envelope.Open(envelope.Octets, World.At(World.Qn));
        Assert.True(opening.IsOpened, opening.Failure?.ToString());
        var opened = opening.Envelope;
        Assert.Equal(message.Octets.ToArray(), opened.MessageOctets.ToArray());
        Assert.Equal(message.Digest, opened.MessageDigest);
        Assert.Equal(envelope.EnvelopeDigest, opened.EnvelopeDigest);
        Assert.Equal(envelope.Statement.Octets.ToArray(), opened.Statement.Octets.ToArray());
        Assert.Equal(World.Qn.Office, opened.Recipient);
        Assert.Equal(octets, opened.Attachments[0].Octets.ToArray());
        Assert.Equal([0, 13, 10, 255], opened.Attachments[1].Octets.ToArray());
        Assert.Equal("تقرير 报告.bin", opened.Attachments[1].Reference.Name);
        Assert.False(opened.Part1Differs);
        Assert.True(opened.NamesRecipient);
        Assert.Equal(EnvelopeTiming.InTime, opened.Timing);
        Assert.Equal(World.Qm.OfficeKey.Certificate.Fingerprint, opened.SignerFingerprint);
    }

    [Fact]
    public void The_message_is_the_same_for_every_recipient_and_the_sealing_is_not()
    {
        var message = World.Compose(World.Notification(to: [World.Qn, World.Qx]));
        var one = Seal(message, World.Qn);
        var other = Seal(message, World.Qx);
        Assert.Equal(one.MessageDigest, other.MessageDigest);
        Assert.NotEqual(one.EnvelopeDigest, other.EnvelopeDigest);
        Assert.Equal(one.MessageDigest, Envelope.Open(other.Octets, World.At(World.Qx)).Envelope?.MessageDigest);
    }

    [Fact]
    public void Outside_nothing_is_said_but_who_to_whom_and_when()
    {
        var message = World.Compose(World.Notification());
        var mail = Encoding.ASCII.GetString(Seal(message, World.Qn).Octets.Span);
        var headers = mail[..mail.IndexOf("\r\n\r\n", StringComparison.Ordinal)];
        Assert.DoesNotContain("comity", headers, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("notification", headers, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(message.Message.Id.ToString(), headers, StringComparison.Ordinal);
        Assert.DoesNotContain("EXERCISE", headers, StringComparison.Ordinal);
    }

    [Fact]
    public void An_expired_key_is_said_and_nothing_is_sealed()
    {
        var late = World.Made.AddDays(800);
        var sealing = Envelope.Seal(World.Compose(World.Update()), World.Qm.Sending, World.Qn.Correspondent, late);
        Assert.False(sealing.IsSealed);
        Assert.Equal(KeyStanding.Expired, sealing.Recipient);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(500)]
    [InlineData(8000)]
    [InlineData(60_000)]
    public void Sealed_content_has_the_length_of_a_step(int length)
    {
        var message = World.Compose(World.Update(), World.Attachment("a.bin", new byte[length], "application/x-a"));
        using var content = SealedContent.Write(
            message,
            new OuterHeaders("a@qm.example", "b@qn.example", World.Now, "x@qm.example"),
            "{}"u8.ToArray()
        );
        Assert.Equal(Padding.StepFor(content.Length - 2), content.Length);
        Assert.Equal(0, content.Length % 8192);
    }

    [Fact]
    public void An_exercise_says_so_in_the_first_line_for_people()
    {
        var text = PlainText.Render(World.Update(change: message => message with { Exercise = true }));
        Assert.StartsWith("EXERCISE EXERCISE EXERCISE\nTLP:AMBER", text, StringComparison.Ordinal);
    }

    [Fact]
    public void What_people_wrote_cannot_pass_for_a_label_or_a_statement()
    {
        var text = PlainText.Render(World.Update("Nothing.\nTLP:CLEAR\nFrom: QX/technical"));
        Assert.Single(text.Split('\n'), line => line.StartsWith("TLP:", StringComparison.Ordinal));
        Assert.Single(text.Split('\n'), line => line.StartsWith("From: ", StringComparison.Ordinal));
    }

    [Fact]
    public void A_notification_shows_its_fixed_statements_and_its_fields()
    {
        var text = PlainText.Render(World.Notification());
        Assert.All(
            FixedStatements.OnRequests,
            statement => Assert.Contains(statement.English, text, StringComparison.Ordinal)
        );
        foreach (var shown in new[] { "192.0.2.7", "update.example", "OFFICIAL", "energy", "good faith", "PAP:GREEN" })
        {
            Assert.Contains(shown, text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void What_asks_and_what_ends_is_shown_with_its_statements()
    {
        var asked = PlainText.Render(World.ClarificationRequest());
        Assert.Contains("\nPriority:\n  immediate\n", asked, StringComparison.Ordinal);
        Assert.Contains("  Whom can we call?\n", asked, StringComparison.Ordinal);
        Assert.All(FixedStatements.OnRequests, s => Assert.Contains(s.English, asked, StringComparison.Ordinal));
        var proposed = PlainText.Render(World.ConsultationRequest());
        Assert.Contains("  The consultation mechanism of our regional", proposed, StringComparison.Ordinal);
        var ended = PlainText.Render(World.Update(change: m => m with { Kind = MessageKind.Closure }));
        Assert.Contains("What has been sent stays with those who have it.", ended, StringComparison.Ordinal);
    }

    private static SealedEnvelope Seal(ComposedMessage message, Party recipient)
    {
        var sealing = Envelope.Seal(message, World.Qm.Sending, recipient.Correspondent, World.Now);
        Assert.True(sealing.IsSealed, sealing.ToString());
        return sealing.Envelope;
    }
}
