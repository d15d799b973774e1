using Comity.Kernel.Data;
using Comity.Kernel.Hosting;
using Comity.Kernel.Modules;
using Comity.Kernel.Work;
using Comity.Post.Carrying;
using Comity.Post.HttpSignatures;
using Comity.Post.Peers;
using Comity.Post.Quotas;
using Comity.Post.Reading;
using Comity.Post.Receiving;
using Comity.Post.Sending;
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

    internal static readonly Act ReadLog = new(
        "post.read-log",
        "See what waits to be delivered and which requests were refused; never content.",
        Role.Operator
    );

    internal static readonly Act Carry = new(
        "post.carry",
        "Carry a sealed envelope that came by hand to another node.",
        Role.Operator
    );

    public IReadOnlyList<Act> Acts => [ReadLog, Carry];

    public void Add(IServiceCollection services)
    {
        PeerClient.Add(services, provider => provider.GetRequiredService<NodeOptions>().OnLoopback);
        services.AddSingleton<PeerClocks>().AddSingleton<ICheck, ClockCheck>();
        services.AddSingleton<ReplayGuard>().AddSingleton<Circuits>().AddSingleton<RefusalLog>();
        services
            .AddSingleton(provider => QuotaSettings.Of(provider.GetRequiredService<NodeOptions>()))
            .AddSingleton<PeerQuotas>();
        services.AddSingleton<Returning>().AddSingleton<PeerCall>().AddSingleton<ParcelSettlement>();
        services.AddSingleton<IWorkHandler, DeliverParcel>().AddSingleton<IWorkHandler, ForgetParcel>();
        services.AddSingleton<PostCommands>().AddScoped<CarryEnvelopeHandler>();
        services.AddScoped<RequestVerification>().AddScoped<Admission>().AddScoped<PostQueries>();
    }

    public void Map(ModuleRoutes routes)
    {
        routes.Peers.MapInbox();
        routes.Api.MapPostLog();
        routes.Api.MapCarryEnvelope();
    }
}
