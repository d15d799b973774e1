using System.Net;
using Comity.Post;
using Comity.Post.Peers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Comity.App.Tests.Post;

/// <summary>The client against a real server on loopback.</summary>
public sealed class PeerClientTests : IAsyncLifetime
{
    private WebApplication server = null!;
    private ServiceProvider services = null!;
    private int port;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        server = builder.Build();
        server.MapGet("/short", () => "short");
        server.MapGet("/elsewhere", () => Results.Redirect("/short"));
        server.MapGet("/announced", () => Results.Bytes(new byte[1_000_000]));
        server.MapGet("/endless", Endless);
        server.MapGet("/headers", (HttpRequest request) => string.Join(' ', request.Headers.Select(h => h.Key)));
        await server.StartAsync();
        var address = server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        port = new Uri(address.First()).Port;
        services = Client(onLoopback: true);
    }

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task A_name_under_localhost_reaches_this_machine() =>
        Assert.Equal("short", await (await Get("/short")).Content.ReadAsStringAsync());

    [Fact]
    public async Task Nothing_is_carried_along_that_was_not_asked_for() =>
        Assert.Equal("Host", await (await Get("/headers")).Content.ReadAsStringAsync());

    [Fact]
    public async Task A_redirection_is_not_followed() =>
        Assert.Equal(HttpStatusCode.Redirect, (await Get("/elsewhere")).StatusCode);

    [Theory]
    [InlineData("/announced")]
    [InlineData("/endless")]
    public async Task A_long_answer_is_cut_off(string path) =>
        await Assert.ThrowsAsync<AnswerTooLongException>(() => Get(path));

    [Fact]
    public async Task A_request_may_ask_for_a_longer_answer() =>
        Assert.Equal(1_000_000, (await (await Get("/announced", 1_000_000)).Content.ReadAsByteArrayAsync()).Length);

    [Fact]
    public async Task A_node_that_is_not_on_loopback_does_not_reach_this_machine()
    {
        await using var elsewhere = Client(onLoopback: false);

        var refused = await Assert.ThrowsAsync<ForbiddenAddressException>(() => Get("/short", null, elsewhere));

        Assert.Equal(AddressRefusal.NoPublicAddress, refused.Refusal);
    }

    private async Task<HttpResponseMessage> Get(string path, long? most = null, ServiceProvider? from = null)
    {
        var url = new Uri(FormattableString.Invariant($"http://qn.localhost:{port}{path}"));
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        if (most is { } length)
        {
            request.Options.Set(PostModule.MaxAnswer, length);
        }

        var client = (from ?? services)
            .GetRequiredService<IHttpClientFactory>()
            .CreateClient(PostModule.PeerClientName);
        return await client.SendAsync(request);
    }

    private static ServiceProvider Client(bool onLoopback)
    {
        var collection = new ServiceCollection();
        collection.AddSingleton(TimeProvider.System).AddSingleton<PeerClocks>();
        PeerClient.Add(collection, _ => onLoopback);
        return collection.BuildServiceProvider();
    }

    private static async Task Endless(HttpContext context)
    {
        var block = new byte[64 * 1024];
        while (!context.RequestAborted.IsCancellationRequested)
        {
            await context.Response.Body.WriteAsync(block, context.RequestAborted);
        }
    }
}
