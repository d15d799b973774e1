using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Comity.Fuzz.Tests.Engine;
using Comity.Kernel.Hosting;
using Comity.Post;
using Comity.Post.HttpSignatures;
using Comity.Protocol;
using Comity.Protocol.Signing;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Comity.Fuzz.Tests.Targets;

/// <summary>
/// The signature of a request between nodes: 0 the header fields as they come, 1 what is covered and with which
/// parameters, properly signed by a node that does not keep to the profile.
/// </summary>
internal sealed class HttpSignatureTarget : Target, IPeers
{
    private const string Route = "/exchange/v1/inbox";
    private static readonly Uri Base = new("https://qn.example/");
    private static readonly AcceptedContent Envelopes = new("message/rfc822", SignatureProfile.MaxLength);
    private static readonly byte[] Body = "Subject: ...\r\n\r\nsealed"u8.ToArray();
    private static readonly string Digest = $"sha-256=:{Convert.ToBase64String(SHA256.HashData(Body))}:";
    private static readonly FixedClock Clock = new();

    private static readonly Peer Sender = new(
        Cast.Node.PublicKey,
        [Cast.From.Participant],
        Cast.Now.AddDays(100),
        new Uri("https://qm.example/")
    );

    private static readonly string Covered = string.Create(
        CultureInfo.InvariantCulture,
        $"({string.Join(' ', SignatureProfile.Components.Select(name => $"\"{name}\""))});created={Clock.GetUtcNow().ToUnixTimeSeconds()};nonce=\"0123456789abcdef\";keyid=\"{Cast.Node.PublicKey.Id}\";alg=\"ed25519\";tag=\"comity-exchange-v1\""
    );

    public override string Name => "http-signature";

    public override int Modes => 2;

    public override (long Base, long PerOctet) Allowance => (256 << 10, 400);

    public override string Tokens =>
        """
            Signature-Input: Signature: Content-Digest: Content-Type: Content-Length: Content-Encoding: Target: comity=
            comity=( "@method" "@target-uri" "@authority" "@scheme" "@request-target" "@path" "@query" "@query-param";name="a"
            "@status" "content-digest" "content-type" "content-length" ;sf ;key="a" ;bs ;req ;tr ;created= ;expires= ;nonce=
            ;keyid= ;alg="ed25519" ;tag="comity-exchange-v1" sha-256=: sha-512=: : , ; ( ) ?1 ?0 @1 %"a%c3%a9" -999999999999999
            999999999999.999 "\\" \" * a-b.c_d=1 message/rfc822 gzip /exchange/v1/inbox ed25519:AAAA
            """;

    public override IEnumerable<byte[]> Seeds() =>
        [
            InMode('0', Encoding.ASCII.GetBytes(Signed(Covered))),
            InMode('1', Encoding.ASCII.GetBytes(Covered)),
            InMode(
                '1',
                Encoding.ASCII.GetBytes("(\"@method\" \"@path\");created=1;expires=2, b=?1;a=1.5, c=(:AA==: %\"x\")")
            ),
        ];

    public override Func<string> Prepare(byte[] input)
    {
        var (mode, payload) = Split(input);
        var text = Encoding.Latin1.GetString(payload);
        var request = Arrive(mode == '1' ? Signed(text) : text);
        var verification = new RequestVerification(this, new ReplayGuard(), new() { BaseUrl = Base }, Clock);
        return () =>
        {
            var pending = verification.VerifyAsync(request, Envelopes, CancellationToken.None);
            if (!pending.IsCompletedSuccessfully)
                return pending.AsTask().GetAwaiter().GetResult().ToString();
            var outcome = pending.Result;
            if (outcome is { Verified: null, Refusal: null, TooMany: false })
                throw new BrokenPromiseException("Neither verified nor refused nor put off.");
            if (mode != '1' && outcome.Verified is { } verified && verified.Content.Length != Body.Length)
                throw new BrokenPromiseException("A request was verified that nobody signed.");
            return outcome.Refusal?.ToString() ?? "verified";
        };
    }

    public ValueTask<Peer?> FindAsync(NodePublicKey key, CancellationToken cancellationToken) =>
        ValueTask.FromResult(key == Cast.Node.PublicKey ? Sender : null);

    /// <summary>The fields of a request; where the covered components can be signed, with a signature over them.</summary>
    private static string Signed(string covered)
    {
        var fields = string.Create(
            CultureInfo.InvariantCulture,
            $"Content-Type: message/rfc822\nContent-Length: {Body.Length}\nContent-Digest: {Digest}\nSignature-Input: comity={covered}\n"
        );
        var request = Arrive(fields);
        var octets =
            FieldReader.ReadDictionary($"comity={covered}")?["comity"] is InnerList list
            && RequestTarget.Received(Base, Route) is { } target
                ? SignatureBase.Build(list, new("POST", target, name => request.Headers[name]))
                : null;
        return octets is null
            ? $"{fields}Signature: comity=:AAAA:\n"
            : $"{fields}Signature: comity=:{Convert.ToBase64String(Cast.Node.Sign(octets))}:\n";
    }

    private static HttpRequest Arrive(string fields)
    {
        var context = new DefaultHttpContext();
        var raw = context.Features.GetRequiredFeature<IHttpRequestFeature>();
        raw.RawTarget = Route;
        context.Request.Method = "POST";
        foreach (var line in fields.Split('\n', 200))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            var (name, value) = colon < 0 ? (line, "") : (line[..colon], line[(colon + 1)..].Trim());
            if (name == "Target")
                raw.RawTarget = value;
            else if (name.Length > 0)
                context.Request.Headers.Append(name, value);
        }

        return context.Request;
    }

    private sealed class FixedClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(Cast.Now, TimeSpan.Zero);
    }
}
