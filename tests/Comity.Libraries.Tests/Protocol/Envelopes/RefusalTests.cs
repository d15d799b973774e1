using System.Text;
using Comity.Libraries.Tests.OpenPgp;
using Comity.OpenPgp;
using Comity.Protocol;
using Comity.Protocol.Envelopes;
using Comity.Protocol.Messages;
using Comity.Protocol.Signing;

namespace Comity.Libraries.Tests.Protocol.Envelopes;

public sealed class RefusalTests
{
    [Fact]
    public void The_envelope_that_these_tests_change_is_right()
    {
        var opening = new Forged().Open();
        Assert.True(opening.IsOpened, opening.Failure?.ToString());
        Assert.False(opening.Envelope.Part1Differs);
    }

    [Fact]
    public void The_right_name_with_the_wrong_key_is_refused()
    {
        var forged = new Forged { Signer = World.Qx.OfficeKey };
        forged.Refused(EnvelopeRefusal.WrongSigner);
        Assert.Null(forged.Open().Failure?.VerifiedSender);
    }

    [Fact]
    public void One_signed_for_another_recipient_and_encrypted_again_to_us_is_refused()
    {
        var forged = new Forged();
        var content = forged.Mime();
        byte[] inner =
        [
            .. Craft.OnePass(World.Qm.OfficeKey),
            .. Craft.Literal(content),
            .. Craft.Signature(World.Qm.OfficeKey, content, writer => Craft.For(writer, World.Qx.OfficeKey)),
        ];
        forged.Refused(
            EnvelopeRefusal.SignedForAnotherRecipient,
            Craft.Encrypted(inner, recipients: World.Qn.OfficeKey)
        );
    }

    [Fact]
    public void One_signed_for_nobody_by_name_is_refused_over_https_and_noted_on_mail()
    {
        var forged = new Forged();
        var content = forged.Mime();
        byte[] inner =
        [
            .. Craft.OnePass(World.Qm.OfficeKey),
            .. Craft.Literal(content),
            .. Craft.Signature(World.Qm.OfficeKey, content),
        ];
        var octets = Craft.Encrypted(inner, recipients: World.Qn.OfficeKey);
        forged.Refused(EnvelopeRefusal.IntendedRecipientMissing, octets);
        forged.Transport = EnvelopeTransport.Mail;
        Assert.False(forged.Open(octets).Envelope?.NamesRecipient);
    }

    [Fact]
    public void A_changed_octet_is_refused()
    {
        var mail = new Forged().Mail();
        var at = mail.Length / 2;
        mail[at] = mail[at] == (byte)'A' ? (byte)'B' : (byte)'A';
        Assert.False(Envelope.Open(mail, World.At(World.Qn)).IsOpened);
    }

    [Fact]
    public void Something_that_is_no_envelope_is_refused() =>
        Assert.Equal(
            EnvelopeRefusal.NotAnEnvelope,
            Envelope.Open("From: a@qm.example\r\n\r\nhello"u8.ToArray(), World.At(World.Qn)).Failure?.Refusal
        );

    [Fact]
    public void An_envelope_to_another_office_is_refused() =>
        new Forged { Outer = Headers(to: World.Qx.MailAddress) }.Refused(EnvelopeRefusal.NotOurOffice);

    [Fact]
    public void An_envelope_from_an_address_that_no_directory_lists_is_refused() =>
        new Forged { Outer = Headers(from: "technical@qz.example") }.Refused(EnvelopeRefusal.SenderUnknown);

    [Fact]
    public void A_changed_sealed_to_is_refused() =>
        new Forged { Inner = Headers(to: World.Qx.MailAddress) }.Refused(EnvelopeRefusal.ToDiffers);

    [Fact]
    public void A_changed_sealed_from_is_refused() =>
        new Forged { Inner = Headers(from: World.Qx.MailAddress) }.Refused(EnvelopeRefusal.FromDiffers);

    [Fact]
    public void A_second_sealed_to_is_refused() =>
        new Forged { ExtraHeader = $"To: {World.Qx.MailAddress}\r\n" }.Refused(EnvelopeRefusal.SealedHeadersRefused);

    [Fact]
    public void Another_date_is_refused_over_https_and_noted_on_mail()
    {
        var forged = new Forged { Inner = Headers(date: World.Now.AddSeconds(1)) };
        forged.Refused(EnvelopeRefusal.DateDiffers);
        forged.Transport = EnvelopeTransport.Mail;
        Assert.True(forged.Open().Envelope?.DateDiffers);
    }

    [Fact]
    public void Another_message_id_is_refused_over_https_and_noted_on_mail()
    {
        var forged = new Forged { Inner = Headers(id: "other@qm.example") };
        forged.Refused(EnvelopeRefusal.MessageIdDiffers);
        forged.Transport = EnvelopeTransport.Mail;
        Assert.True(forged.Open().Envelope?.MessageIdDiffers);
    }

    [Fact]
    public void An_author_who_is_not_the_signer_is_refused() =>
        new Forged(World.Update(from: World.Qx)).Refused(EnvelopeRefusal.AuthorIsNotSigner);

    [Fact]
    public void A_message_that_does_not_name_us_is_refused()
    {
        var forged = new Forged();
        var other = World.Update(to: [World.Qx]);
        forged.Parts[1] = (MessageJson.MediaType, null, MessageJson.Write(other));
        forged.Refused(EnvelopeRefusal.NotAmongRecipients);
    }

    [Fact]
    public void No_message_is_refused() => Without(1).Refused(EnvelopeRefusal.MessageMissing);

    [Fact]
    public void Two_messages_are_refused()
    {
        var forged = new Forged();
        forged.Parts.Add(forged.Parts[1]);
        forged.Refused(EnvelopeRefusal.TwoMessageParts);
    }

    [Fact]
    public void A_message_with_a_member_twice_is_refused_with_the_reason()
    {
        var forged = new Forged();
        var twice = Encoding
            .UTF8.GetString(forged.MessageOctets)
            .Replace("{\"version\":1", "{\"version\":1,\"version\":1", StringComparison.Ordinal);
        forged.Parts[1] = (MessageJson.MediaType, null, Encoding.UTF8.GetBytes(twice));
        forged.Refused(EnvelopeRefusal.MessageRefused);
        var failure = forged.Open().Failure;
        Assert.Equal(MalformationCode.DuplicateMember, failure?.Fault?.Code);
        Assert.Equal(World.Qm.Office, failure?.VerifiedSender);
    }

    [Fact]
    public void No_statement_is_refused() => Without(2).Refused(EnvelopeRefusal.StatementMissing);

    [Fact]
    public void Two_statements_are_refused()
    {
        var forged = new Forged();
        forged.Parts.Add(forged.Parts[2]);
        forged.Refused(EnvelopeRefusal.TwoStatements);
    }

    [Fact]
    public void A_statement_that_cannot_be_read_is_refused() =>
        WithStatement("{}"u8.ToArray()).Refused(EnvelopeRefusal.StatementMalformed);

    [Fact]
    public void A_statement_signed_by_another_key_is_refused() =>
        WithStatement(statement => statement, World.Qx.OfficeKey).Refused(EnvelopeRefusal.StatementNotSigned);

    [Fact]
    public void A_statement_with_the_signature_of_another_statement_is_refused()
    {
        var forged = new Forged();
        var other = Forged.Sign(forged.Statement() with { Message = MessageId.New(World.Now) });
        var mixed = Forged.Sign(forged.Statement()).Document with { Signatures = other.Document.Signatures };
        forged.Parts[2] = (Forged.StatementType, null, mixed.ToJson());
        forged.Refused(EnvelopeRefusal.StatementNotSigned);
    }

    [Fact]
    public void A_statement_that_disagrees_on_the_exercise_is_refused() =>
        WithStatement(s => s with { Exercise = true }).Refused(EnvelopeRefusal.ExerciseDisagrees);

    [Fact]
    public void A_statement_that_disagrees_on_anything_else_is_refused()
    {
        Func<DispatchStatement, DispatchStatement>[] changes =
        [
            s => s with { MessageDigest = Digest.Of("other"u8) },
            s => s with { Message = MessageId.New(World.Now) },
            s => s with { Conversation = ConversationId.New(World.Now) },
            s => s with { Kind = MessageKind.Information },
            s => s with { From = World.Qx.Office },
            s => s with { To = World.Qx.Office, Chain = new ChainLink(World.Qx.Office, 1, null) },
            s => s with { Record = RecordMode.Logged },
            s => s with { Created = World.Now.AddSeconds(1) },
            s => s with { Chain = new ChainLink(World.Qn.Office, 2, Digest.Of("x"u8)) },
            s => s with { InReplyTo = new MessageReference(MessageId.New(World.Now), Digest.Of("x"u8)) },
        ];
        Assert.All(changes, change => WithStatement(change).Refused(EnvelopeRefusal.StatementDisagrees));
    }

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

    [Fact]
    public void Another_part_1_is_flagged_and_part_2_counts()
    {
        var forged = new Forged();
        forged.Parts[0] = (forged.Parts[0].Type, null, "TLP:CLEAR\nAll is well."u8.ToArray());
        Assert.True(forged.Open().Envelope?.Part1Differs);
    }

    [Fact]
    public void Clocks_far_ahead_and_old_messages_are_told_apart()
    {
        var mail = new Forged().Mail();
        var early = World.At(World.Qn, now: World.Now.AddMinutes(-11));
        var late = World.At(World.Qn, now: World.Now.AddDays(31));
        Assert.Equal(EnvelopeTiming.Old, Envelope.Open(mail, late).Envelope?.Timing);
        var ahead = Envelope.Open(mail, early);
        Assert.True(ahead.Envelope?.Timing == EnvelopeTiming.Ahead || !ahead.IsOpened);
    }

    [Fact]
    public void The_code_of_a_refusal_is_its_name_in_the_protocols_spelling() =>
        Assert.Equal("message-id-differs", new EnvelopeFailure(EnvelopeRefusal.MessageIdDiffers).Code);

    private static OuterHeaders Headers(
        string? from = null,
        string? to = null,
        DateTime? date = null,
        string id = "id@qm.example"
    ) => new(from ?? World.Qm.MailAddress, to ?? World.Qn.MailAddress, date ?? World.Now, id);

    private static Forged Without(int part)
    {
        var forged = new Forged();
        forged.Parts.RemoveAt(part);
        return forged;
    }

    private static Forged WithStatement(byte[] octets)
    {
        var forged = new Forged();
        forged.Parts[2] = (Forged.StatementType, null, octets);
        return forged;
    }

    private static Forged WithStatement(Func<DispatchStatement, DispatchStatement> change, SecretKey? by = null)
    {
        var forged = new Forged();
        forged.Parts[2] = (Forged.StatementType, null, Forged.Sign(change(forged.Statement()), by).Octets.ToArray());
        return forged;
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
