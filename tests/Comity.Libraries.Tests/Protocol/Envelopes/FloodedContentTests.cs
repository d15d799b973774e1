using System.Text;
using Comity.Libraries.Tests.OpenPgp;
using Comity.Protocol.Envelopes;

namespace Comity.Libraries.Tests.Protocol.Envelopes;

/// <summary>Content that is signed by a listed office and made to wear its reader out.</summary>
public sealed class FloodedContentTests
{
    [Fact]
    public void Parts_nested_ten_thousand_deep_are_refused_and_not_followed() =>
        Refused(
            EnvelopeRefusal.ContentMalformed,
            Content(
                string.Concat(
                    Enumerable
                        .Range(0, 10_000)
                        .Select(i =>
                            $"--b{(i == 0 ? "" : i)}\r\nContent-Type: multipart/mixed; boundary=b{i + 1}\r\n\r\n"
                        )
                )
            )
        );

    [Fact]
    public void Messages_nested_ten_thousand_deep_are_refused_and_not_followed() =>
        Refused(
            EnvelopeRefusal.ContentMalformed,
            Content(
                "--b\r\n"
                    + string.Concat(Enumerable.Repeat("Content-Type: message/rfc822\r\n\r\n", 10_000))
                    + "\r\n--b--\r\n"
            )
        );

    [Fact]
    public void A_million_fields_in_the_sealed_head_are_refused_in_little_memory() =>
        Refused(EnvelopeRefusal.SealedHeadersRefused, Content("--b--\r\n", Repeated("X:\r\n", 1_000_000)));

    [Fact]
    public void A_million_fields_in_the_head_of_a_part_are_refused_in_little_memory() =>
        Refused(EnvelopeRefusal.ContentMalformed, Content($"--b\r\n{Repeated("X:\r\n", 1_000_000)}\r\n\r\n--b--\r\n"));

    [Fact]
    public void A_million_fields_in_a_part_that_is_a_head_are_refused_in_little_memory() =>
        Refused(
            EnvelopeRefusal.ContentMalformed,
            Content($"--b\r\nContent-Type: text/rfc822-headers\r\n\r\n{Repeated("X:\r\n", 1_000_000)}\r\n--b--\r\n")
        );

    [Fact]
    public void A_million_parts_are_refused_in_little_memory() =>
        Refused(EnvelopeRefusal.TooManyParts, Content($"{Repeated("--b\r\n\r\n", 1_000_000)}--b--\r\n"));

    [Fact]
    public void A_million_parts_within_a_part_are_refused_in_little_memory() =>
        Refused(
            EnvelopeRefusal.ContentMalformed,
            Content(
                $"--b\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\n{Repeated("--c\r\n\r\n", 1_000_000)}--c--\r\n--b--\r\n"
            )
        );

    private static string Repeated(string text, int times) => new StringBuilder().Insert(0, text, times).ToString();

    private static byte[] Content(string body, string fields = "") =>
        Encoding.ASCII.GetBytes(
            $"From: {World.Qm.MailAddress}\r\nTo: {World.Qn.MailAddress}\r\nDate: Fri, 10 Apr 2026 08:00:00 +0000\r\n"
                + $"Message-ID: <id@qm.example>\r\n{fields}Content-Type: multipart/mixed; boundary=b\r\n\r\n{body}"
        );

    private static void Refused(EnvelopeRefusal refusal, byte[] content)
    {
        var octets = Parties.Seal(content, World.Qm.OfficeKey, World.Qn.Certified);
        var mail = new Forged().Mail(octets);
        var context = World.At(World.Qn);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var opening = Envelope.Open(mail, context);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.Equal(refusal, opening.Failure?.Refusal);
        // The octets are held a few times on the way in; what they say must not take a multiple of that.
        Assert.InRange(allocated, 1, (mail.Length * 8) + (1 << 20));
    }
}
