using System.Net;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Comity.App.Tests.Nodes;
using Comity.Post;
using Comity.Protocol.Directories;
using Microsoft.Extensions.DependencyInjection;

namespace Comity.App.Tests.Directory;

/// <summary>Somebody on the line who changes the number in the header of a snapshot to a far later one.</summary>
internal sealed class Forger
{
    private static readonly JsonSerializerOptions Plain = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public bool Forge { get; set; }

    public int HistoriesAsked { get; private set; }

    public NodePlan Plan =>
        new()
        {
            Instead = services =>
                services.AddHttpClient(PostModule.PeerClientName).AddHttpMessageHandler(() => new Handler(this)),
        };

    private static byte[] Changed(byte[] octets)
    {
        var snapshot = SnapshotFile.Read(octets).Value!;
        var header = JsonNode.Parse(snapshot.Header.Span)!;
        var payload = JsonNode.Parse(System.Buffers.Text.Base64Url.DecodeFromChars((string)header["payload"]!))!;
        payload["number"] = 9_000;
        payload["previous"] = "sha256:" + new string('0', 64);
        header["payload"] = System.Buffers.Text.Base64Url.EncodeToString(
            Encoding.UTF8.GetBytes(payload.ToJsonString(Plain))
        );
        return SnapshotFile.Write(snapshot with { Header = Encoding.UTF8.GetBytes(header.ToJsonString(Plain)) });
    }

    private sealed class Handler(Forger forger) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken
        )
        {
            if (request.RequestUri!.AbsolutePath.EndsWith("/headers", StringComparison.Ordinal))
                forger.HistoriesAsked++;
            var answer = await base.SendAsync(request, cancellationToken);
            if (!forger.Forge || !request.RequestUri.AbsolutePath.EndsWith("/snapshot", StringComparison.Ordinal))
                return answer;
            using (answer)
            {
                var octets = Changed(await answer.Content.ReadAsByteArrayAsync(cancellationToken));
                return new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent(octets) };
            }
        }
    }
}
