using System.Diagnostics.CodeAnalysis;
using System.Net;
using Comity.App.Tests.Nodes;
using Comity.Node.Commands;
using Comity.Post;
using Microsoft.Extensions.DependencyInjection;

namespace Comity.App.Tests.Directory;

/// <summary>Somebody on the line who keeps a snapshot and serves it again later.</summary>
internal sealed class Replay
{
    private byte[] _last = [];
    private byte[] _kept = [];

    public bool Serve { get; set; }

    public NodePlan Plan =>
        new()
        {
            Instead = services =>
                services.AddHttpClient(PostModule.PeerClientName).AddHttpMessageHandler(() => new Handler(this)),
        };

    /// <summary>Keeps what was fetched last.</summary>
    public void Keep() => _kept = _last;

    private sealed class Handler(Replay replay) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken
        )
        {
            if (!request.RequestUri!.AbsolutePath.EndsWith("/snapshot", StringComparison.Ordinal))
                return await base.SendAsync(request, cancellationToken);
            if (replay.Serve)
                return new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent(replay._kept) };
            var answer = await base.SendAsync(request, cancellationToken);
            await answer.Content.LoadIntoBufferAsync(cancellationToken);
            replay._last = await answer.Content.ReadAsByteArrayAsync(cancellationToken);
            return answer;
        }
    }
}
