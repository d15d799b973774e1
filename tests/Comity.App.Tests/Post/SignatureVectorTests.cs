using System.Buffers.Text;
using System.Text;
using Comity.Post.HttpSignatures;
using Comity.Protocol.Signing;

namespace Comity.App.Tests.Post;

/// <summary>The example of RFC 9421, appendix B.2.6, with the key of appendix B.1.4.</summary>
public sealed class SignatureVectorTests
{
    private const string SignatureInput =
        "sig-b26=(\"date\" \"@method\" \"@path\" \"@authority\" \"content-type\" \"content-length\")"
        + ";created=1618884473;keyid=\"test-key-ed25519\"";

    private const string Signature =
        "sig-b26=:wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw==:";

    private static readonly Dictionary<string, string> Fields = new(StringComparer.OrdinalIgnoreCase)
    {
        ["date"] = "Tue, 20 Apr 2021 02:07:55 GMT",
        ["content-type"] = "application/json",
        ["content-length"] = "18",
    };

    private static SignableRequest Request =>
        new(
            "POST",
            RequestTarget.Of(new Uri("https://example.com/foo?param=Value&Pet=dog")),
            name => Fields.TryGetValue(name, out var value) ? [value] : []
        );

    private static InnerList Covered => (InnerList)FieldReader.ReadDictionary(SignatureInput)!["sig-b26"]!;

    [Fact]
    public void The_signature_base_of_the_standards_example_is_built_octet_for_octet() =>
        Assert.Equal(
            """
            "date": Tue, 20 Apr 2021 02:07:55 GMT
            "@method": POST
            "@path": /foo
            "@authority": example.com
            "content-type": application/json
            "content-length": 18
            "@signature-params": ("date" "@method" "@path" "@authority" "content-type" "content-length");created=1618884473;keyid="test-key-ed25519"
            """.ReplaceLineEndings("\n"),
            Encoding.ASCII.GetString(SignatureBase.Build(Covered, Request)!)
        );

    [Fact]
    public void The_standards_example_is_signed_and_verified()
    {
        var expected = ((BytesItem)((FieldItem)FieldReader.ReadDictionary(Signature)!["sig-b26"]!).Value).Value;
        using var key = NodeKey.FromSeed(Base64Url.DecodeFromChars("n4Ni-HpISpVObnQMW0wOhCKROaIKqKtW_2ZYb2p9KcU"));

        Assert.Equal("ed25519:JrQLj5P_89iXES9-vFgrIy29clF9CC_oPPsw3c5D0bs", key.PublicKey.Id);
        var octets = SignatureBase.Build(Covered, Request)!;
        Assert.Equal(expected.ToArray(), key.Sign(octets));
        Assert.True(key.PublicKey.Verify(octets, expected.Span));
    }

    [Theory]
    [InlineData("\"@target-uri\"", "https://example.com/foo?param=Value&Pet=dog")]
    [InlineData("\"@request-target\"", "/foo?param=Value&Pet=dog")]
    [InlineData("\"@query\"", "?param=Value&Pet=dog")]
    [InlineData("\"@scheme\"", "https")]
    public void Derived_components_are_those_of_the_standard(string component, string value)
    {
        var covered = (InnerList)FieldReader.ReadDictionary($"a=({component})")!["a"]!;

        var lines = Encoding.ASCII.GetString(SignatureBase.Build(covered, Request)!).Split('\n');

        Assert.Equal($"{component}: {value}", lines[0]);
    }

    [Theory]
    [InlineData("\"@status\"")]
    [InlineData("\"@query-param\";name=\"Pet\"")]
    [InlineData("\"content-type\";bs")]
    [InlineData("\"Content-Type\"")]
    [InlineData("\"content-type\" \"content-type\"")]
    [InlineData("\"absent\"")]
    [InlineData("\"\"")]
    [InlineData("content-type")]
    public void A_component_that_is_not_plain_or_not_there_gives_no_base(string components)
    {
        var covered = (InnerList)FieldReader.ReadDictionary($"a=({components})")!["a"]!;

        Assert.Null(SignatureBase.Build(covered, Request));
    }

    [Theory]
    [InlineData("https://qn.example", "/exchange/v1/inbox", "https://qn.example/exchange/v1/inbox")]
    [InlineData("https://QN.example:443/", "/exchange/v1/inbox", "https://qn.example/exchange/v1/inbox")]
    [InlineData("https://qn.example:8443", "/a%2Fb?c", "https://qn.example:8443/a%2Fb?c")]
    [InlineData("https://qn.example/comity/", "/exchange", "https://qn.example/comity/exchange")]
    [InlineData("https://qn.example/comity", "/comity/exchange", "https://qn.example/comity/exchange")]
    [InlineData("http://[2001:db8::1]:8080", "/x", "http://[2001:db8::1]:8080/x")]
    public void The_target_that_arrived_is_that_of_the_configured_base_url(string node, string form, string expected) =>
        Assert.Equal(expected, RequestTarget.Received(new Uri(node), form)!.Uri);

    [Theory]
    [InlineData("https://other.example/exchange")]
    [InlineData("*")]
    [InlineData("/a b")]
    [InlineData("/\u00fc")]
    public void A_target_in_another_form_is_refused(string form) =>
        Assert.Null(RequestTarget.Received(new Uri("https://qn.example"), form));
}
