using System.Text;
using Comity.OpenPgp;
using CsCheck;

namespace Comity.Libraries.Tests.OpenPgp;

public sealed class PgpMimeTests
{
    private static readonly OuterHeaders Headers = new(
        "technical@qm.example",
        "technical@qn.example",
        Parties.Now,
        PgpMime.NewMessageId("qm.example")
    );

    private static readonly OpeningLimits Limits = new(1 << 20, 1 << 20);

    private static string Wrapped(byte[]? octets = null)
    {
        using var output = new MemoryStream();
        PgpMime.Wrap(Headers, octets ?? [1, 2, 3], output);
        return Encoding.ASCII.GetString(output.ToArray());
    }

    private static PgpMimeReading Unwrap(string message, OpeningLimits? limits = null) =>
        PgpMime.Unwrap(Encoding.ASCII.GetBytes(message), limits ?? Limits);

    private static void Refused(PgpMimeRefusal refusal, string original, string replacement)
    {
        var message = Wrapped();
        Assert.Contains(original, message, StringComparison.Ordinal);
        var reading = Unwrap(message.Replace(original, replacement, StringComparison.Ordinal));
        Assert.Equal(refusal, reading.Refusal);
        Assert.Null(reading.Headers);
    }

    [Fact]
    public void What_is_wrapped_is_unwrapped_byte_for_byte() =>
        Gen
            .Byte.Array[1, 3000]
            .Sample(
                octets =>
                {
                    var reading = Unwrap(Wrapped(octets));
                    return reading.Headers == Headers && reading.Octets.Span.SequenceEqual(octets);
                },
                iter: 100
            );

    [Fact]
    public void The_outside_says_only_who_to_whom_and_when()
    {
        var lines = Wrapped()
            .Split("\r\n")
            .TakeWhile(line => line.Length > 0)
            .Where(line => line[0] is not (' ' or '\t'));
        Assert.Equal(
            ["Content-Type", "Date", "From", "MIME-Version", "Message-Id", "Subject", "To"],
            lines.Select(line => line.Split(':')[0]).Order(StringComparer.Ordinal)
        );
        Assert.Matches("Subject: \\.\\.\\.\r\n", Wrapped());
        Assert.DoesNotContain('\n', Wrapped().Replace("\r\n", "", StringComparison.Ordinal));
    }

    [Fact]
    public void Two_Message_IDs_differ() =>
        Assert.NotEqual(PgpMime.NewMessageId("qm.example"), PgpMime.NewMessageId("qm.example"));

    [Theory]
    [InlineData("From: technical@qm.example\r\n", "")]
    [InlineData("From: technical@qm.example\r\n", "From: a@qm.example\r\nFrom: b@qm.example\r\n")]
    [InlineData("From: technical@qm.example", "From: a@qm.example, b@qm.example")]
    [InlineData("To: technical@qn.example", "To: technical@qn.example, other@qn.example")]
    [InlineData("To: technical@qn.example", "To: offices: technical@qn.example;")]
    [InlineData("To: technical@qn.example", "To: technical")]
    [InlineData("Date: ", "X-Date: ")]
    [InlineData("Date: ", "Date: some day\r\nX: ")]
    [InlineData("Message-Id: <", "Message-Id: ")]
    public void Headers_that_no_envelope_has_are_refused(string original, string replacement) =>
        Refused(PgpMimeRefusal.HeadersRefused, original, replacement);

    [Theory]
    [InlineData("multipart/encrypted", "multipart/mixed")]
    [InlineData("protocol=\"application/pgp-encrypted\"", "protocol=\"application/pkcs7\"")]
    public void What_is_not_multipart_encrypted_is_refused(string original, string replacement) =>
        Refused(PgpMimeRefusal.NotEncrypted, original, replacement);

    [Theory]
    [InlineData("Version: 1", "Version: 2")]
    [InlineData("Content-Type: application/pgp-encrypted", "Content-Type: text/plain")]
    public void A_first_part_that_is_not_version_1_is_refused(string original, string replacement) =>
        Refused(PgpMimeRefusal.FirstPartRefused, original, replacement);

    [Theory]
    [InlineData("Content-Type: application/octet-stream", "Content-Type: text/html")]
    [InlineData(
        "application/octet-stream\r\nContent-Transfer-Encoding: 7bit",
        "application/octet-stream\r\nContent-Transfer-Encoding: base64"
    )]
    [InlineData("Content-Type: application/octet-stream", "Content-Type: message/rfc822")]
    public void A_second_part_of_another_kind_is_refused(string original, string replacement) =>
        Refused(PgpMimeRefusal.SecondPartRefused, original, replacement);

    [Theory]
    [InlineData("-----BEGIN PGP MESSAGE", "-----BEGIN PGP SIGNATURE")]
    [InlineData("AQID", "AQIE")]
    [InlineData("AQID", "AQI*")]
    [InlineData("AQID", "AQID\r\nContent")]
    [InlineData("-----END PGP MESSAGE-----", "-----END PGP MESSAGE-----\r\nread me")]
    [InlineData("-----BEGIN PGP MESSAGE-----", "read me\r\n-----BEGIN PGP MESSAGE-----")]
    public void Damaged_or_surrounded_armor_is_refused(string original, string replacement) =>
        Refused(PgpMimeRefusal.ArmorRefused, original, replacement);

    [Fact]
    public void Armor_without_checksum_is_read()
    {
        var lines = Wrapped().Split("\r\n").Where(line => line is not ['=', _, _, _, _]);
        Assert.Equal([1, 2, 3], Unwrap(string.Join("\r\n", lines)).Octets.ToArray());
    }

    [Fact]
    public void A_third_part_is_refused()
    {
        var message = Wrapped();
        var close = message.LastIndexOf("--\r\n", StringComparison.Ordinal);
        var boundary = message[message.LastIndexOf("\r\n--", close, StringComparison.Ordinal)..close];
        Assert.Equal(
            PgpMimeRefusal.NotTwoParts,
            Unwrap(message[..close] + "\r\nContent-Type: text/html\r\n\r\nread me" + boundary + "--\r\n").Refusal
        );
        Assert.Equal(PgpMimeRefusal.NotTwoParts, Unwrap(message + "read me\r\n").Refusal);
        Assert.Equal(PgpMimeRefusal.NotTwoParts, Unwrap(message[..close]).Refusal);
    }

    [Fact]
    public void Headers_are_bounded_in_number_and_length()
    {
        var many = string.Concat(Enumerable.Repeat("X-A: b\r\n", 100));
        Assert.Equal(PgpMimeRefusal.OutOfBounds, Unwrap(many + Wrapped()).Refusal);
        Assert.Equal(PgpMimeRefusal.OutOfBounds, Unwrap("X-A: " + new string('b', 5000) + "\r\n" + Wrapped()).Refusal);
        Assert.Null(Unwrap("X-A: b\r\n" + Wrapped()).Refusal);
    }

    [Fact]
    public void A_message_over_its_limit_is_refused()
    {
        var message = Wrapped(new byte[2000]);
        Assert.Equal(PgpMimeRefusal.TooLarge, Unwrap(message, new OpeningLimits(1999, 1)).Refusal);
        Assert.Null(Unwrap(message, new OpeningLimits(2000, 1)).Refusal);
        Assert.Equal(PgpMimeRefusal.TooLarge, Unwrap(Wrapped(new byte[200_000]), new OpeningLimits(2000, 1)).Refusal);
    }

    [Fact]
    public void Octets_that_are_no_message_never_throw()
    {
        var message = Encoding.ASCII.GetBytes(Wrapped());
        Gen.Select(Gen.Int[0, message.Length - 1], Gen.Byte)
            .Sample(
                (at, octet) =>
                {
                    var changed = message.ToArray();
                    changed[at] = octet;
                    PgpMime.Unwrap(changed, Limits);
                },
                iter: 2000
            );
        Gen.Byte.Array[0, 400].Sample(octets => _ = PgpMime.Unwrap(octets, Limits), iter: 500);
    }
}
