using Comity.Stix;

namespace Comity.Libraries.Tests.Stix;

public sealed class IndicatorTextTests
{
    [Theory]
    [InlineData("192.0.2.1", TypedKind.Ipv4, "192.0.2.1")]
    [InlineData("192[.]0[.]2[.]1", TypedKind.Ipv4, "192.0.2.1")]
    [InlineData("192.0.2(.)0/24", TypedKind.Ipv4, "192.0.2.0/24")]
    [InlineData("2001:DB8:0:0::1", TypedKind.Ipv6, "2001:db8::1")]
    [InlineData("2001[:]db8::/32", TypedKind.Ipv6, "2001:db8::/32")]
    [InlineData("Evil[.]Example.", TypedKind.Domain, "evil.example")]
    [InlineData("evil[dot]example", TypedKind.Domain, "evil.example")]
    [InlineData("evil\\.example", TypedKind.Domain, "evil.example")]
    [InlineData("例子.example", TypedKind.Domain, "例子.example")]
    [InlineData("hxxps://Evil[.]Example/A?b=C", TypedKind.Url, "https://evil.example/A?b=C")]
    [InlineData("hXXp[:]//evil[.]example:8080/", TypedKind.Url, "http://evil.example:8080/")]
    [InlineData("http[://]evil(.)example", TypedKind.Url, "http://evil.example")]
    [InlineData("ldap://198.51.100.3:1389/x", TypedKind.Url, "ldap://198.51.100.3:1389/x")]
    [InlineData("http://[2001:db8::1]/x", TypedKind.Url, "http://[2001:db8::1]/x")]
    [InlineData("Sender(at)Evil[.]Example", TypedKind.Email, "Sender@evil.example")]
    [InlineData("sender[@]evil.example", TypedKind.Email, "sender@evil.example")]
    [InlineData("D41D8CD98F00B204E9800998ECF8427E", TypedKind.Md5, "d41d8cd98f00b204e9800998ecf8427e")]
    [InlineData("da39a3ee5e6b4b0d3255bfef95601890afd80709", TypedKind.Sha1, "da39a3ee5e6b4b0d3255bfef95601890afd80709")]
    [InlineData(
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        TypedKind.Sha256,
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    )]
    [InlineData(" cve-2021-44228 ", TypedKind.Cve, "CVE-2021-44228")]
    [InlineData("as64496", TypedKind.Asn, "AS64496")]
    [InlineData("ASN64496", TypedKind.Asn, "AS64496")]
    public void What_people_type_is_recognised(string typed, TypedKind kind, string value) =>
        Assert.Equal(new TypedIndicator(kind, value), IndicatorText.Recognise(typed));

    [Theory]
    [InlineData("")]
    [InlineData("hello")]
    [InlineData("192.0.2.256")]
    [InlineData("192.0.2")]
    [InlineData("1.2.3.4.5")]
    [InlineData("192.0.2.0/33")]
    [InlineData("a..b")]
    [InlineData("-a.example")]
    [InlineData("http://")]
    [InlineData("javascript://x.example/%0a")]
    [InlineData("a@b")]
    [InlineData("CVE-21-1")]
    [InlineData("AS99999999999")]
    [InlineData("AS4294967296")]
    [InlineData("report.pdf")]
    [InlineData("da39a3")]
    [InlineData("evil[[.]]example")]
    [InlineData("http://evil.example/[[.]]")]
    [InlineData("invoice.rtf")]
    [InlineData("report.pdf.")]
    public void What_is_nothing_known_is_not_guessed(string typed) => Assert.Null(IndicatorText.Recognise(typed));

    [Fact]
    public void A_pasted_text_gives_every_indicator_once_in_order()
    {
        var found = IndicatorText.Find(
            """
            Beacons go to hxxp://evil[.]example/a, (198.51.100.7), and again 198.51.100.7.
            Mail: <bad(at)evil[.]example>; exploits [CVE-2014-0160]! See notes.txt, e.g. page 3…
            [.]example is no host.
            """
        );

        Assert.Equal(
            ["http://evil.example/a", "198.51.100.7", "bad@evil.example", "CVE-2014-0160"],
            found.Select(f => f.Value)
        );
    }

    [Fact]
    public void No_more_is_found_than_asked_for() =>
        Assert.Single(IndicatorText.Find("192.0.2.1 192.0.2.2 192.0.2.3", most: 1));

    [Theory]
    [InlineData("http://evil.example:8080/a.b?c=d@e", "hxxp[://]evil[.]example:8080/a.b?c=d@e")]
    [InlineData("192.0.2.1", "192[.]0[.]2[.]1")]
    [InlineData("2001:db8::1", "2001[:]db8[:][:]1")]
    [InlineData("a.b@evil.example", "a.b[@]evil[.]example")]
    [InlineData("CVE-2014-0160", "CVE-2014-0160")]
    [InlineData("not an indicator", "not an indicator")]
    public void What_is_shown_is_no_live_link_and_can_be_taken_back(string value, string shown)
    {
        Assert.Equal(shown, IndicatorText.Defang(value));
        Assert.Equal(IndicatorText.Recognise(value), IndicatorText.Recognise(shown));
    }
}
