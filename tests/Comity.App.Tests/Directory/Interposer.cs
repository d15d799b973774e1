using System.Net;
using Comity.App.Tests.Nodes;
using Comity.Post;
using Microsoft.Extensions.DependencyInjection;

namespace Comity.App.Tests.Directory;

/// <summary>Somebody on the line of one node, who answers in the place of others where the test says so.</summary>
internal sealed class Interposer
{
    /// <summary>What to answer to a path in the place of whoever is asked.</summary>
    public Dictionary<string, byte[]> Instead { get; } = new(StringComparer.Ordinal);

    /// <summary>What happens after an answer has come and before the node has it.</summary>
    public Func<Uri, Task> Before { get; set; } = _ => Task.CompletedTask;

    /// <summary>Every address that the node asked.</summary>
    public List<Uri> Asked { get; } = [];

    public NodePlan Plan =>
        new()
        {
            Instead = services =>
                services.AddHttpClient(PostModule.PeerClientName).AddHttpMessageHandler(() => new Handler(this)),
        };

    private sealed class Handler(Interposer interposer) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken
        )
        {
            var address = request.RequestUri!;
            lock (interposer.Asked)
                interposer.Asked.Add(address);
            if (interposer.Instead.TryGetValue(address.AbsolutePath, out var octets))
                return new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent(octets) };
            var answer = await base.SendAsync(request, cancellationToken);
            await answer.Content.LoadIntoBufferAsync(cancellationToken);
            await interposer.Before(address);
            return answer;
        }
    }
}
