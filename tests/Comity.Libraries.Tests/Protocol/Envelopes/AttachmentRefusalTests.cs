using System.Text;
using Comity.Libraries.Tests.OpenPgp;
using Comity.OpenPgp;
using Comity.Protocol;
using Comity.Protocol.Envelopes;
using Comity.Protocol.Messages;
using Comity.Protocol.Signing;

namespace Comity.Libraries.Tests.Protocol.Envelopes;

/// <summary>The parts of an envelope are those that its message names, or the envelope is refused.</summary>
public sealed class AttachmentRefusalTests
{
    [Fact]
    public void Too_many_parts_are_refused()
    {
        var forged = new Forged();
        forged.Parts.AddRange(Enumerable.Range(0, 40).Select(i => ("text/plain", (string?)$"{i}.txt", new byte[1])));
        forged.Refused(EnvelopeRefusal.TooManyParts);
    }

    [Fact]
    public void An_attachment_that_the_message_does_not_name_is_refused()
    {
        var forged = new Forged();
        forged.Parts.Add(("application/json", "extra.json", [1]));
        forged.Refused(EnvelopeRefusal.AttachmentNotNamed);
    }

    [Fact]
    public void A_part_without_a_name_is_refused()
    {
        var forged = new Forged();
        forged.Parts.Add(("text/html", null, [1]));
        forged.Refused(EnvelopeRefusal.AttachmentNotNamed);
    }

    [Fact]
    public void An_attachment_with_a_hostile_name_is_refused()
    {
        var forged = new Forged();
        forged.Parts.Add(("application/json", "../../extra.json", [1]));
        forged.Refused(EnvelopeRefusal.AttachmentNameHostile);
    }

    [Fact]
    public void A_missing_attachment_is_refused() => WithAttachment().Refused(EnvelopeRefusal.AttachmentMissing);

    [Fact]
    public void A_changed_attachment_is_refused()
    {
        var forged = WithAttachment();
        forged.Parts.Add(("application/json", "a.json", "tampered"u8.ToArray()));
        forged.Refused(EnvelopeRefusal.AttachmentChanged);
    }

    [Fact]
    public void An_attachment_under_another_media_type_is_refused()
    {
        var forged = WithAttachment();
        forged.Parts.Add(("text/html", "a.json", "original"u8.ToArray()));
        forged.Refused(EnvelopeRefusal.AttachmentChanged);
    }

    [Fact]
    public void Nested_parts_are_refused()
    {
        var forged = new Forged();
        forged.Parts.Add(("multipart/mixed; boundary=c", null, "--c\r\n\r\nx\r\n--c--"u8.ToArray()));
        forged.Refused(EnvelopeRefusal.ContentMalformed);
    }

    private static Forged WithAttachment() =>
        new(
            World.Update(change: message =>
                message with
                {
                    Attachments = [World.Attachment("a.json", "original"u8.ToArray()).Reference],
                }
            )
        );
}
