using Comity.Protocol;
using Comity.Protocol.Signing;
using CsCheck;

namespace Comity.Libraries.Tests.Protocol.Words;

public sealed class WordTests
{
    [Theory]
    [InlineData("QM", true)]
    [InlineData("QM2", true)]
    [InlineData("REGIONALBODY", true)]
    [InlineData("Q", false)]
    [InlineData("2M", false)]
    [InlineData("qm", false)]
    [InlineData("REGIONALBODY2", false)]
    [InlineData("Q\u041c", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void A_participant_code_has_its_form(string? text, bool good) =>
        Assert.Equal(good, ParticipantCode.TryParse(text, out _));

    [Theory]
    [InlineData("QM/technical", true)]
    [InlineData("QM/point-2", true)]
    [InlineData("QM/", false)]
    [InlineData("QM", false)]
    [InlineData("/technical", false)]
    [InlineData("QM/-technical", false)]
    [InlineData("QM/Technical", false)]
    [InlineData("QM/technical/night", false)]
    public void An_office_name_has_its_form(string text, bool good) =>
        Assert.Equal(good, OfficeName.TryParse(text, out _));

    [Fact]
    public void A_digest_reads_back_and_no_other_spelling_does()
    {
        Gen.Byte.Array[0, 100]
            .Sample(octets =>
            {
                var digest = Digest.Of(octets);
                return Digest.Parse(digest.Value) == digest
                    && Digest.FromOctets(digest.ToOctets()) == digest
                    && !Digest.TryParse(digest.Value.ToUpperInvariant(), out _)
                    && !Digest.TryParse(digest.Value[..^1], out _);
            });
    }

    [Fact]
    public void A_message_id_is_a_version_7_in_lower_case_with_hyphens()
    {
        var id = MessageId.New(World.Now);
        Assert.Equal(id, MessageId.Parse(id.ToString()));
        Assert.False(MessageId.TryParse(id.ToString().ToUpperInvariant(), out _));
        Assert.False(MessageId.TryParse(id.Value.ToString("N"), out _));
        Assert.False(MessageId.TryParse("8c1f6f0e-3f0d-4c53-9f1f-0d2f3b6f6a11", out _));
    }

    [Fact]
    public void Every_word_of_the_wire_reads_back()
    {
        Assert.All(Enum.GetValues<MessageKind>(), kind => Assert.True(Codes.TryRead(kind.Code(), out MessageKind _)));
        Assert.All(Enum.GetValues<Tlp>(), tlp => Assert.True(Codes.TryRead(tlp.Code(), out Tlp _)));
        Assert.All(Enum.GetValues<Pap>(), pap => Assert.True(Codes.TryRead(pap.Code(), out Pap _)));
        Assert.All(Enum.GetValues<Custody>(), word => Assert.True(Codes.TryRead(word.Code(), out Custody _)));
        Assert.All(Enum.GetValues<RecordMode>(), word => Assert.True(Codes.TryRead(word.Code(), out RecordMode _)));
        Assert.All(Enum.GetValues<ReceiptLevel>(), word => Assert.True(Codes.TryRead(word.Code(), out ReceiptLevel _)));
        Assert.False(Codes.TryRead("Red", out Tlp _));
    }

    [Fact]
    public void A_node_key_signs_and_its_public_half_reads_back()
    {
        using var key = NodeKey.FromSeed(new byte[32]);
        var signature = key.Sign("octets"u8);
        Assert.True(NodePublicKey.TryParse(key.PublicKey.Id, out var read));
        Assert.True(read.Verify("octets"u8, signature));
        Assert.False(read.Verify("other"u8, signature));
        Assert.False(read.Verify("octets"u8, [.. signature[..^1]]));
        Assert.False(default(NodePublicKey).Verify("octets"u8, signature));
    }
}
