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

    [Theory]
    [InlineData(-25, EnvelopeRefusal.SignedLongBefore)]
    [InlineData(1, EnvelopeRefusal.SignedInTheFuture)]
    public void A_signature_that_is_dated_far_from_its_message_is_refused(int hours, EnvelopeRefusal refusal)
    {
        new Forged { SignedAt = World.Now.AddHours(hours) }.Refused(refusal);
        var statement = new Forged();
        statement.Parts[^1] = (
            Forged.StatementType,
            null,
            SignedDocuments.Sign(statement.Statement(), World.Qm.OfficeKey, World.Now.AddHours(hours)).Octets.ToArray()
        );
        statement.Refused(EnvelopeRefusal.StatementTimeDiffers);
    }

    [Fact]
    public void A_message_that_waited_for_a_key_may_be_signed_long_after_it_was_made()
    {
        var opening = new Forged(World.Update(change: m => m with { Created = World.Now.AddDays(-9) })).Open();
        Assert.True(opening.IsOpened, opening.Failure?.ToString());
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
    public void Of_several_with_one_address_the_one_who_signed_and_is_the_author_counts()
    {
        var mail = new Forged().Mail();
        // Another one with that address and a key of its own; and one that copied the certificate, too.
        var address = World.Qm.MailAddress;
        var other = World.Qx.Correspondent with { MailAddress = address };
        var copy = other with { Certificate = World.Qm.Correspondent.Certificate };
        var context = World.At(World.Qn) with { SendersAt = _ => [other, copy, World.Qm.Correspondent] };
        Assert.Equal(World.Qm.Office, Envelope.Open(mail, context).Envelope?.Message.From);
        var neither = Envelope.Open(mail, context with { SendersAt = _ => [other, copy] });
        Assert.Equal(EnvelopeRefusal.AuthorIsNotSigner, neither.Failure?.Refusal);
    }

    [Fact]
    public void A_message_that_does_not_name_us_is_refused()
    {
        var forged = new Forged();
        var other = World.Update(to: [World.Qx]);
        forged.Parts[1] = (MessageJson.MediaType, null, MessageJson.Write(other));
        forged.Refused(EnvelopeRefusal.NotAmongRecipients);
    }

    [Fact]
    public void No_message_is_refused() => Forged.Without(1).Refused(EnvelopeRefusal.MessageMissing);

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
}
