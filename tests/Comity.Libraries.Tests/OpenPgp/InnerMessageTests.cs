using Comity.OpenPgp;
using Comity.OpenPgp.Packets;
using CsCheck;
using Org.BouncyCastle.Bcpg;
using static Comity.Libraries.Tests.OpenPgp.Craft;
using static Comity.Libraries.Tests.OpenPgp.Parties;

namespace Comity.Libraries.Tests.OpenPgp;

public sealed class InnerMessageTests
{
    [Fact]
    public void An_unsigned_message_is_refused() =>
        Assert.Equal(OpeningRefusal.SignatureMissing, RefusalOf(Encrypted(Literal(Text))));

    [Fact]
    public void Two_signatures_are_refused()
    {
        byte[] inner =
        [
            .. OnePass(Qx, last: 0),
            .. OnePass(Qm),
            .. Literal(Text),
            .. Signature(Qm, Text),
            .. Signature(Qx, Text),
        ];
        Assert.Equal(OpeningRefusal.MoreThanOneSignature, RefusalOf(Encrypted(inner)));
    }

    [Fact]
    public void Two_literals_are_refused()
    {
        byte[] inner = [.. OnePass(Qm), .. Literal(Text), .. Literal(Text), .. Signature(Qm, Text)];
        Assert.Equal(OpeningRefusal.UnexpectedPacket, RefusalOf(Encrypted(inner)));
    }

    [Fact]
    public void A_signature_before_the_literal_is_refused()
    {
        byte[] inner = [.. Signature(Qm, Text), .. Literal(Text)];
        Assert.Equal(OpeningRefusal.UnexpectedPacket, RefusalOf(Encrypted(inner)));
    }

    [Fact]
    public void A_detached_signature_without_literal_is_refused() =>
        Assert.Equal(OpeningRefusal.UnexpectedPacket, RefusalOf(Encrypted(Signature(Qm, Text))));

    [Fact]
    public void An_encrypted_message_within_is_refused() =>
        Assert.Equal(OpeningRefusal.NestedEncryption, RefusalOf(Encrypted(Encrypted(Signed()))));

    [Fact]
    public void An_encrypted_message_compressed_within_is_refused() =>
        Assert.Equal(OpeningRefusal.NestedEncryption, RefusalOf(Encrypted(Compressed(Encrypted(Signed())))));

    [Fact]
    public void Something_after_the_signature_is_refused()
    {
        Assert.Equal(OpeningRefusal.TrailingData, RefusalOf(Encrypted([.. Signed(), .. Packet(Tag.UserId, "QX"u8)])));
        Assert.Equal(OpeningRefusal.TrailingData, RefusalOf(Encrypted([.. Compressed(Signed()), .. Literal(Text)])));
    }

    [Theory]
    [InlineData(CompressionAlgorithmTag.Zip)]
    [InlineData(CompressionAlgorithmTag.ZLib)]
    public void One_layer_of_ZIP_or_ZLIB_is_read(CompressionAlgorithmTag algorithm) =>
        Assert.Null(RefusalOf(Encrypted(Compressed(Signed(), algorithm))));

    [Fact]
    public void Whatever_is_compressed_is_read_to_its_end() =>
        Gen.Select(Gen.Byte.Array[0, 300], Gen.Bool)
            .Sample(
                (content, isZip) =>
                {
                    byte[] inner = [.. OnePass(Qm), .. Literal(content), .. Signature(Qm, content)];
                    var kind = isZip ? CompressionAlgorithmTag.Zip : CompressionAlgorithmTag.ZLib;
                    return RefusalOf(Encrypted(Compressed(inner, kind))) is null;
                },
                iter: 300
            );

    [Fact]
    public void Bzip2_is_refused() =>
        Assert.Equal(
            OpeningRefusal.CompressionRefused,
            RefusalOf(Encrypted(Compressed(Signed(), CompressionAlgorithmTag.BZip2)))
        );

    [Fact]
    public void Compressed_twice_is_refused() =>
        Assert.Equal(OpeningRefusal.NestedCompression, RefusalOf(Encrypted(Compressed(Compressed(Signed())))));

    [Fact]
    public void A_bomb_is_refused_without_being_expanded()
    {
        var bomb = Encrypted(Bomb(800_000_000));
        Assert.InRange(bomb.Length, 1, 8_000_000);
        var limits = new OpeningLimits(64 << 20, 4 << 20);
        RefusalOf(bomb, limits: limits);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal(OpeningRefusal.ExpandsTooMuch, RefusalOf(bomb, limits: limits));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 1, 64 << 20);
    }

    [Fact]
    public void Damaged_compression_is_refused() =>
        Assert.Equal(
            OpeningRefusal.CompressionRefused,
            RefusalOf(Encrypted(Packet(Tag.Compressed, [1, 0xFF, 0xFF, 0xFF, 0xFF])))
        );

    [Fact]
    public void Literal_text_is_refused() =>
        Assert.Equal(
            OpeningRefusal.LiteralNotBinary,
            RefusalOf(Encrypted([.. OnePass(Qm), .. Literal(Text, 't'), .. Signature(Qm, Text)]))
        );

    [Theory]
    [InlineData(0x01)]
    [InlineData(0x02)]
    [InlineData(0x10)]
    [InlineData(0x1F)]
    public void A_signature_that_is_not_over_a_binary_document_is_refused(int type) =>
        Assert.Equal(
            OpeningRefusal.SignatureTypeRefused,
            RefusalOf(Encrypted([.. OnePass(Qm, type), .. Literal(Text), .. Signature(Qm, Text, type: type)]))
        );

    [Fact]
    public void A_signature_over_SHA_1_is_refused() =>
        Assert.Equal(OpeningRefusal.WeakDigest, RefusalOf(Encrypted(SignedOverSha1())));

    [Fact]
    public void An_unknown_critical_subpacket_is_refused() =>
        Assert.Equal(
            OpeningRefusal.UnknownCriticalSubpacket,
            RefusalOf(Encrypted(Signed(w => w.Add((SubpacketType)(0x80 | 101), [1]))))
        );

    [Fact]
    public void A_critical_notation_is_refused() =>
        Assert.Equal(
            OpeningRefusal.UnknownCriticalSubpacket,
            RefusalOf(Encrypted(Signed(w => w.Add((SubpacketType)(0x80 | 20), [0, 0, 0, 0, 0, 0, 0, 0]))))
        );

    [Fact]
    public void An_unknown_subpacket_that_is_not_critical_is_passed_over() =>
        Assert.Null(RefusalOf(Encrypted(Signed(w => w.Add((SubpacketType)101, [1])))));

    [Fact]
    public void A_signature_made_for_another_recipient_is_refused() =>
        Assert.Equal(OpeningRefusal.SignedForAnotherRecipient, RefusalOf(Encrypted(Signed(w => For(w, Qx)))));

    [Fact]
    public void A_signature_for_us_and_for_another_is_refused() =>
        Assert.Equal(
            OpeningRefusal.SignedForAnotherRecipient,
            RefusalOf(
                Encrypted(
                    Signed(w =>
                    {
                        For(w, Qx);
                        For(w, Qn);
                    })
                )
            )
        );

    [Fact]
    public void A_signature_that_names_no_recipient_is_marked()
    {
        using var opened = Open(Encrypted(Signed(_ => { }))).Opened!;
        using var content = opened.Verify(Qm.Certificate, Now).Content!;
        Assert.Equal(IntendedRecipient.Absent, content.IntendedRecipient);
    }

    [Fact]
    public void A_one_pass_packet_that_announces_another_signature_is_refused() =>
        Assert.Equal(
            OpeningRefusal.SignatureMalformed,
            RefusalOf(Encrypted([.. OnePass(Qx), .. Literal(Text), .. Signature(Qm, Text)]))
        );

    [Fact]
    public void A_one_pass_packet_that_announces_more_signatures_is_refused() =>
        Assert.Equal(
            OpeningRefusal.SignatureMalformed,
            RefusalOf(Encrypted([.. OnePass(Qm, last: 0), .. Literal(Text), .. Signature(Qm, Text)]))
        );

    [Fact]
    public void A_signature_that_names_no_issuer_is_refused()
    {
        var body = Packets(Signature(Qm, Text))[0].Body;
        // Turns the issuer fingerprint (type 33) and the issuer (type 16) into something else.
        body[7] = 101;
        body[6 + (body[4] << 8) + body[5] + 3] = 101;
        byte[] inner = [.. OnePass(Qm), .. Literal(Text), .. Packet(Tag.Signature, body)];
        Assert.Equal(OpeningRefusal.SignatureMalformed, RefusalOf(Encrypted(inner)));
    }

    [Fact]
    public void Compression_that_was_cut_short_is_refused()
    {
        var packed = Compressed(Signed());
        for (var cut = 2; cut < packed.Length - 1; cut++)
            Assert.True(
                RefusalOf(Encrypted(packed[..^cut])) is OpeningRefusal.CompressionRefused or OpeningRefusal.Malformed
            );
    }

    [Fact]
    public void A_signature_without_creation_time_is_refused()
    {
        var packets = Packets(Signature(Qm, Text));
        // Turns the creation time (type 2) into something else.
        packets[0].Body[30] = 101;
        byte[] inner = [.. OnePass(Qm), .. Literal(Text), .. Packet(Tag.Signature, packets[0].Body)];
        Assert.Equal(OpeningRefusal.SignatureMalformed, RefusalOf(Encrypted(inner)));
    }

    [Fact]
    public void More_packets_than_there_can_be_are_refused() =>
        Assert.Equal(
            OpeningRefusal.Malformed,
            RefusalOf(Encrypted([.. Enumerable.Repeat(Packet(Tag.Marker, "PGP"u8), 20).SelectMany(p => p)]))
        );
}
