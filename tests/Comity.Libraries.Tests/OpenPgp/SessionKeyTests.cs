using Comity.OpenPgp;
using static Comity.Libraries.Tests.OpenPgp.Parties;

namespace Comity.Libraries.Tests.OpenPgp;

public sealed class SessionKeyTests
{
    [Theory]
    [MemberData(nameof(HandMadeKey.Algorithms), MemberType = typeof(HandMadeKey))]
    public void No_change_of_one_octet_of_a_session_key_packet_is_ever_opened(string algorithm)
    {
        var key = new HandMadeKey(algorithm, Made).Subkey(HandMadeKey.Encrypt, Made);
        using var secret = key.Secret;
        var packets = Craft.Packets(Seal([1, 2, 3], Qm, key.Certificate));
        var rest = Craft.Packet(packets[1].Tag, packets[1].Body);
        Assert.Null(Open([.. Craft.Packet(packets[0].Tag, packets[0].Body), .. rest], secret).Refusal);
        // Under RSA every try costs a decryption, and one octet is like another.
        var step = algorithm == "rsa3072" ? 19 : 1;
        for (var at = 0; at < packets[0].Body.Length; at += step)
        {
            byte[] changed = [.. packets[0].Body];
            changed[at] ^= 0x81;
            Assert.NotNull(Open([.. Craft.Packet(packets[0].Tag, changed), .. rest], secret).Refusal);
            Assert.NotNull(Open([.. Craft.Packet(packets[0].Tag, changed.AsSpan(0, at)), .. rest], secret).Refusal);
        }
    }

    [Theory]
    [MemberData(nameof(HandMadeKey.Algorithms), MemberType = typeof(HandMadeKey))]
    public void Content_of_every_length_around_a_chunk_is_opened_as_it_was_sealed(string algorithm)
    {
        var key = new HandMadeKey(algorithm, Made).Subkey(HandMadeKey.Encrypt, Made);
        using var secret = key.Secret;
        foreach (var length in new[] { 0, 1, (64 << 10) - 100, (64 << 10) - 18, 64 << 10, (128 << 10) + 17 })
        {
            byte[] content = [.. Enumerable.Range(0, length).Select(i => (byte)(i % 253))];
            using var opened = Open(Seal(content, secret, key.Certificate), secret)
                .Opened!.Verify(key.Certificate, Now)
                .Content!;
            Assert.True(opened.Octets.Span.SequenceEqual(content));
        }
    }
}
