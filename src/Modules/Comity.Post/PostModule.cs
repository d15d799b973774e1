using Comity.Kernel.Hosting;
using Comity.Kernel.Modules;
using Comity.Post.Peers;
using Microsoft.Extensions.DependencyInjection;

namespace Comity.Post;

/// <summary>
/// Carries octets between nodes: signed requests out and in, with patience. It is given addresses, keys and sealed
/// envelopes; it knows no directory and opens nothing.
/// </summary>
public sealed class PostModule : IModule
{
    /// <summary>
    /// The HTTP client that talks to other nodes, also for those modules that fetch something: public addresses over
    /// HTTPS only, no redirects, bounded answers.
    /// </summary>
    public const string PeerClientName = "peer";

    /// <summary>On a request of that client: the most octets of an answer that are read; 256 KiB where it is not set.</summary>
    public static HttpRequestOptionsKey<long> MaxAnswer { get; } = new("comity.max-answer");

    public string Name => "post";

    public IReadOnlyList<Act> Acts => [];

    public void Add(IServiceCollection services) =>
        PeerClient.Add(services, provider => provider.GetRequiredService<NodeOptions>().OnLoopback);

    public void Map(ModuleRoutes routes) { }
}
