using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Comity.Post;
using Comity.Post.HttpSignatures;
using Comity.Protocol;
using Comity.Protocol.Signing;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Time.Testing;

namespace Comity.App.Tests.Post;

/// <summary>QM's node signs, QN's node verifies; between them a test may change what it likes.</summary>
internal sealed class SignedRequests : IPeers, IDisposable
{
    public static readonly byte[] Octets = Encoding.ASCII.GetBytes("Subject: ...\r\n\r\nsealed");
    public static readonly AcceptedContent Envelopes = new("message/rfc822", SignatureProfile.MaxLength);
    private static readonly Uri Node = new("https://qn.example/");

    public FakeTimeProvider Clock { get; } = new(new(2026, 3, 1, 3, 0, 0, TimeSpan.Zero));

    public NodeKey Key { get; } = NodeKey.Create();

    public NodeKey Stranger { get; } = NodeKey.Create();

    public ReplayGuard Replays { get; init; } = new(perKey: 100);

    public DateTime KeyValidUntil { get; set; } = new(2026, 9, 1, 0, 0, 0, DateTimeKind.Utc);

    public HttpRequestMessage Sign(NodeKey? key = null, byte[]? octets = null)
    {
        octets ??= Octets;
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Node, "exchange/v1/inbox"))
        {
            Content = new ByteArrayContent(octets),
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("message/rfc822");
        request.Content.Headers.ContentLength = octets.Length;
        RequestSigning.Sign(request, key ?? Key, SHA256.HashData(octets), Clock.GetUtcNow());
        return request;
    }

    /// <summary>The request as it arrives, with nothing behind it that a body could be read from.</summary>
    public static HttpRequest Arrive(HttpRequestMessage message)
    {
        var context = new DefaultHttpContext();
        context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget = message.RequestUri!.PathAndQuery;
        context.Request.Method = message.Method.Method;
        context.Request.Body = new Unreadable();
        foreach (var (name, lines) in message.Headers.Concat(message.Content!.Headers))
        {
            context.Request.Headers[name] = lines.ToArray();
        }

        return context.Request;
    }

    /// <summary>As <see cref="Arrive"/>, with one header field changed on the way; null takes it away.</summary>
    public static HttpRequest Arrive(HttpRequestMessage message, string field, Func<string, string?> change)
    {
        var request = Arrive(message);
        var changed = change(request.Headers[field].ToString());
        if (changed is null)
        {
            request.Headers.Remove(field);
        }
        else
        {
            request.Headers[field] = changed;
        }

        return request;
    }

    public ValueTask<Verification> VerifyAsync(HttpRequest request) =>
        new RequestVerification(this, Replays, new() { BaseUrl = Node }, Clock).VerifyAsync(
            request,
            Envelopes,
            CancellationToken.None
        );

    public async Task<RequestRefusal?> RefusalAsync(HttpRequest request)
    {
        var verification = await VerifyAsync(request);
        Assert.False(verification.TooMany);
        Assert.Equal(verification.Refusal is null, verification.Verified is not null);
        return verification.Refusal;
    }

    /// <summary>Signs again what was changed, as somebody who owns the key would who does not keep to the profile.</summary>
    public HttpRequest ArriveSignedAs(string parameters, string? components = null, NodeKey? key = null)
    {
        components ??= string.Join(' ', SignatureProfile.Components.Select(name => $"\"{name}\""));
        var message = Sign();
        var request = Arrive(message);
        var covered = (InnerList)FieldReader.ReadDictionary($"comity=({components}){parameters}")!["comity"]!;
        var target = RequestTarget.Of(message.RequestUri!);
        var signed = SignatureBase.Build(covered, new("POST", target, name => request.Headers[name]))!;
        request.Headers["Signature-Input"] = $"comity={FieldWriter.Member(covered)}";
        request.Headers["Signature"] = $"comity=:{Convert.ToBase64String((key ?? Key).Sign(signed))}:";
        return request;
    }

    public string Parameters(long? created = null, string nonce = "\"0123456789abcdef\"", string? keyId = null) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $";created={created ?? Clock.GetUtcNow().ToUnixTimeSeconds()};nonce={nonce}"
                + $";keyid=\"{keyId ?? Key.PublicKey.Id}\";alg=\"ed25519\";tag=\"comity-exchange-v1\""
        );

    public ValueTask<Peer?> FindAsync(NodePublicKey key, CancellationToken cancellationToken) =>
        ValueTask.FromResult(
            key == Key.PublicKey
                ? new Peer(key, [ParticipantCode.Parse("QM")], KeyValidUntil, new Uri("https://qm.example"))
                : null
        );

    public void Dispose()
    {
        Key.Dispose();
        Stranger.Dispose();
    }

    private sealed class Unreadable : MemoryStream
    {
        public override int Read(byte[] buffer, int offset, int count) => throw new InvalidOperationException();

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            throw new InvalidOperationException("The body was read before the signature was checked.");
    }
}
