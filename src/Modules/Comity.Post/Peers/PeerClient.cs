using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Security.Authentication;
using Microsoft.Extensions.DependencyInjection;

namespace Comity.Post.Peers;

/// <summary>
/// The one HTTP client that talks to other nodes. It follows nothing and carries nothing along: no redirects, no proxy,
/// no cookies, no credentials, no compression, no trace ids; and it reads no more of an answer than it was told to.
/// </summary>
internal static class PeerClient
{
    /// <summary>Above everything that a single request is given by its caller.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(60);

    public static void Add(IServiceCollection services, Func<IServiceProvider, bool> nodeIsOnLoopback) =>
        services
            .AddHttpClient(PostModule.PeerClientName, client => client.Timeout = Longest)
            .RemoveAllLoggers()
            .ConfigurePrimaryHttpMessageHandler(provider =>
                Handler(new GuardedConnection(nodeIsOnLoopback(provider), Dns.GetHostAddressesAsync))
            )
            .AddHttpMessageHandler(provider => new AddressGuard(nodeIsOnLoopback(provider)))
            .AddHttpMessageHandler(provider => new ClockReading(
                provider.GetRequiredService<PeerClocks>(),
                provider.GetRequiredService<TimeProvider>()
            ))
            .AddHttpMessageHandler(() => new AnswerLimit());

    [SuppressMessage("Security", "CA5398", Justification = "Nothing older than TLS 1.2, whatever the machine permits")]
    private static SocketsHttpHandler Handler(GuardedConnection connection) =>
        new()
        {
            ConnectCallback = connection.ConnectAsync,
            ConnectTimeout = TimeSpan.FromSeconds(10),
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            Credentials = null,
            PreAuthenticate = false,
            AutomaticDecompression = DecompressionMethods.None,
            ActivityHeadersPropagator = null,
            MaxConnectionsPerServer = 8,
            MaxResponseHeadersLength = 16,
            MaxResponseDrainSize = 0,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            SslOptions = { EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13 },
        };
}

/// <summary>Refuses a URL before a name is resolved for it.</summary>
internal sealed class AddressGuard(bool nodeIsOnLoopback) : DelegatingHandler
{
    protected override Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    ) =>
        PeerAddress.Check(request.RequestUri!, nodeIsOnLoopback) is { } refusal
            ? Task.FromException<HttpResponseMessage>(new ForbiddenAddressException(refusal))
            : base.SendAsync(request, cancellationToken);
}
