using Comity.Post.HttpSignatures;

namespace Comity.App.Tests.Post;

public sealed class RequestVerificationTests : IDisposable
{
    private readonly SignedRequests nodes = new();

    public void Dispose() => nodes.Dispose();

    [Fact]
    public async Task A_request_of_a_known_node_is_verified_before_its_body_is_read()
    {
        var verification = await nodes.VerifyAsync(SignedRequests.Arrive(nodes.Sign()));

        Assert.Null(verification.Refusal);
        Assert.Equal(nodes.Key.PublicKey, verification.Verified!.Peer.Key);
        Assert.Equal(SignedRequests.Octets.Length, verification.Verified.Content.Length);
    }

    [Fact]
    public async Task A_key_that_nobody_delegated_is_refused() =>
        Assert.Equal(
            RequestRefusal.KeyUnknown,
            await nodes.RefusalAsync(SignedRequests.Arrive(nodes.Sign(nodes.Stranger)))
        );

    [Fact]
    public async Task The_right_name_with_the_wrong_key_is_refused() =>
        Assert.Equal(
            RequestRefusal.SignatureWrong,
            await nodes.RefusalAsync(nodes.ArriveSignedAs(nodes.Parameters(), key: nodes.Stranger))
        );

    [Fact]
    public async Task A_key_whose_delegation_has_ended_is_refused()
    {
        nodes.KeyValidUntil = nodes.Clock.GetUtcNow().UtcDateTime;

        Assert.Equal(RequestRefusal.KeyExpired, await nodes.RefusalAsync(SignedRequests.Arrive(nodes.Sign())));
    }

    [Fact]
    public async Task The_same_request_twice_is_refused_the_second_time()
    {
        var message = nodes.Sign();

        Assert.Null(await nodes.RefusalAsync(SignedRequests.Arrive(message)));
        nodes.Clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(RequestRefusal.Replayed, await nodes.RefusalAsync(SignedRequests.Arrive(message)));
        nodes.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(RequestRefusal.CreatedOutsideTolerance, await nodes.RefusalAsync(SignedRequests.Arrive(message)));
    }

    [Theory]
    [InlineData(-300, null)]
    [InlineData(300, null)]
    [InlineData(-301, RequestRefusal.CreatedOutsideTolerance)]
    [InlineData(301, RequestRefusal.CreatedOutsideTolerance)]
    internal async Task The_peers_clock_may_be_five_minutes_off(int seconds, RequestRefusal? refusal)
    {
        var message = nodes.Sign();
        nodes.Clock.AdjustTime(nodes.Clock.GetUtcNow().AddSeconds(seconds));

        Assert.Equal(refusal, await nodes.RefusalAsync(SignedRequests.Arrive(message)));
    }

    [Fact]
    public async Task A_request_for_another_node_is_refused()
    {
        var message = nodes.Sign();
        var verifier = new RequestVerification(
            nodes,
            new(),
            new() { BaseUrl = new Uri("https://qp.example") },
            nodes.Clock
        );

        var elsewhere = await verifier.VerifyAsync(
            SignedRequests.Arrive(message),
            SignedRequests.Envelopes,
            CancellationToken.None
        );

        Assert.Equal(RequestRefusal.SignatureWrong, elsewhere.Refusal);
    }

    [Fact]
    public async Task A_request_for_another_route_is_refused()
    {
        var message = nodes.Sign();
        message.RequestUri = new Uri("https://qn.example/exchange/v1/returns");

        Assert.Equal(RequestRefusal.SignatureWrong, await nodes.RefusalAsync(SignedRequests.Arrive(message)));
    }

    [Theory]
    [InlineData("Content-Digest", RequestRefusal.DigestMissing)]
    [InlineData("Content-Type", RequestRefusal.ContentTypeWrong)]
    [InlineData("Content-Length", RequestRefusal.LengthMissing)]
    [InlineData("Signature-Input", RequestRefusal.SignatureMissing)]
    [InlineData("Signature", RequestRefusal.SignatureMissing)]
    internal async Task A_missing_field_is_refused(string field, RequestRefusal refusal) =>
        Assert.Equal(refusal, await nodes.RefusalAsync(SignedRequests.Arrive(nodes.Sign(), field, _ => null)));

    [Theory]
    [InlineData(
        "Content-Digest",
        "sha-256=:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=:",
        RequestRefusal.SignatureWrong
    )]
    [InlineData("Content-Digest", "sha-512=:AAAA:", RequestRefusal.DigestMalformed)]
    [InlineData("Content-Digest", "sha-256=:AAAA:", RequestRefusal.DigestMalformed)]
    [InlineData("Content-Digest", "garbage,,", RequestRefusal.DigestMalformed)]
    [InlineData("Content-Length", "1", RequestRefusal.SignatureWrong)]
    [InlineData("Content-Length", "67108865", RequestRefusal.TooLong)]
    [InlineData("Content-Length", "+22", RequestRefusal.LengthMissing)]
    [InlineData("Content-Type", "text/html", RequestRefusal.ContentTypeWrong)]
    [InlineData("Content-Type", "message/rfc822; charset=x", RequestRefusal.ContentTypeWrong)]
    [InlineData("Content-Encoding", "gzip", RequestRefusal.ContentEncoded)]
    [InlineData("Signature", "comity=:AAAA:", RequestRefusal.SignatureWrong)]
    [InlineData("Signature", "comity=1", RequestRefusal.SignatureMalformed)]
    [InlineData("Signature", "other=:AAAA:", RequestRefusal.SignatureMissing)]
    [InlineData("Signature", "comity=:AAAA:, comity=:AAAA:", RequestRefusal.SignatureRepeated)]
    [InlineData("Signature-Input", "comity=1", RequestRefusal.SignatureMalformed)]
    [InlineData("Signature-Input", "((((", RequestRefusal.SignatureMalformed)]
    internal async Task A_changed_field_is_refused(string field, string value, RequestRefusal refusal) =>
        Assert.Equal(refusal, await nodes.RefusalAsync(SignedRequests.Arrive(nodes.Sign(), field, _ => value)));

    [Fact]
    public async Task A_field_that_is_too_long_is_not_parsed() =>
        Assert.Equal(
            RequestRefusal.SignatureMalformed,
            await nodes.RefusalAsync(
                SignedRequests.Arrive(nodes.Sign(), "Signature-Input", old => $"{old};x=\"{new string('x', 4096)}\"")
            )
        );

    [Fact]
    public async Task A_second_signature_with_our_tag_is_refused_and_a_proxys_own_is_not()
    {
        var ours = SignedRequests.Arrive(
            nodes.Sign(),
            "Signature-Input",
            old => $"{old}, b=();tag=\"comity-exchange-v1\""
        );
        var proxys = SignedRequests.Arrive(nodes.Sign(), "Signature-Input", old => $"{old}, b=();tag=\"proxy\"");

        Assert.Equal(RequestRefusal.SignatureRepeated, await nodes.RefusalAsync(ours));
        Assert.Null(await nodes.RefusalAsync(proxys));
    }

    [Theory]
    [InlineData("@method")]
    [InlineData("@target-uri")]
    [InlineData("content-digest")]
    [InlineData("content-type")]
    [InlineData("content-length")]
    public async Task A_signature_that_leaves_a_component_out_is_refused(string component)
    {
        var components = string.Join(
            ' ',
            SignatureProfile.Components.Except([component]).Select(name => $"\"{name}\"")
        );

        var refusal = await nodes.RefusalAsync(nodes.ArriveSignedAs(nodes.Parameters(), components));

        Assert.Equal(RequestRefusal.ComponentNotCovered, refusal);
    }

    [Theory]
    [InlineData("created")]
    [InlineData("nonce")]
    [InlineData("keyid")]
    [InlineData("alg")]
    [InlineData("tag")]
    public async Task A_signature_without_one_of_our_parameters_is_refused(string parameter)
    {
        var parameters = string.Concat(
            nodes
                .Parameters()
                .Split(';')
                .Where(p => p.Length > 0 && !p.StartsWith(parameter, StringComparison.Ordinal))
                .Select(p => ";" + p)
        );
        var expected = parameter is "tag" ? RequestRefusal.TagWrong : RequestRefusal.ParameterMissing;

        Assert.Equal(expected, await nodes.RefusalAsync(nodes.ArriveSignedAs(parameters)));
    }

    [Theory]
    [InlineData(";alg=\"hmac-sha256\"", RequestRefusal.AlgorithmWrong)]
    [InlineData(";tag=\"other\"", RequestRefusal.TagWrong)]
    [InlineData(";keyid=\"QM\"", RequestRefusal.ParameterMalformed)]
    [InlineData(";nonce=\"short\"", RequestRefusal.ParameterMalformed)]
    [InlineData(";nonce=:AAAAAAAAAAAAAAAAAAAAAA==:", RequestRefusal.ParameterMalformed)]
    [InlineData(";created=1.5", RequestRefusal.ParameterMalformed)]
    [InlineData(";created=-1", RequestRefusal.ParameterMalformed)]
    [InlineData(";created=999999999999999", RequestRefusal.ParameterMalformed)]
    [InlineData(";expires=\"soon\"", RequestRefusal.ParameterMalformed)]
    internal async Task A_parameter_of_another_value_is_refused(string parameter, RequestRefusal refusal)
    {
        var name = parameter[1..parameter.IndexOf('=', StringComparison.Ordinal)];
        var kept = nodes
            .Parameters()
            .Split(';')
            .Where(p => p.Length > 0 && !p.StartsWith(name, StringComparison.Ordinal));

        var request = nodes.ArriveSignedAs(string.Concat(kept.Select(p => ";" + p)) + parameter);

        Assert.Equal(refusal, await nodes.RefusalAsync(request));
    }

    [Fact]
    public async Task An_expired_signature_is_refused_and_one_that_expires_later_is_not()
    {
        var now = nodes.Clock.GetUtcNow().ToUnixTimeSeconds();
        var created = nodes.Parameters(created: now - 60);

        Assert.Equal(
            RequestRefusal.Expired,
            await nodes.RefusalAsync(nodes.ArriveSignedAs(FormattableString.Invariant($"{created};expires={now - 1}")))
        );
        Assert.Null(
            await nodes.RefusalAsync(nodes.ArriveSignedAs(FormattableString.Invariant($"{created};expires={now + 1}")))
        );
    }

    [Fact]
    public async Task More_nonces_than_can_be_remembered_are_put_off_and_nobody_elses_are_forgotten()
    {
        using var few = new SignedRequests { Replays = new(perKey: 2) };
        Assert.Null(await few.RefusalAsync(SignedRequests.Arrive(few.Sign())));
        Assert.Null(await few.RefusalAsync(SignedRequests.Arrive(few.Sign())));

        Assert.True((await few.VerifyAsync(SignedRequests.Arrive(few.Sign()))).TooMany);

        few.Clock.Advance(TimeSpan.FromMinutes(6));
        Assert.Null(await few.RefusalAsync(SignedRequests.Arrive(few.Sign())));
    }

    [Fact]
    public void Every_refusal_has_a_code_for_the_log() =>
        Assert.Equal("created-outside-tolerance", RequestRefusal.CreatedOutsideTolerance.Code());
}
