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
        services.AddSingleton<ReplayGuard>().AddSingleton<Circuits>().AddSingleton<RefusalLog>();
        services.AddSingleton(new QuotaSettings()).AddSingleton<PeerQuotas>();
        services.AddSingleton<Returning>().AddSingleton<PeerCall>().AddSingleton<ParcelSettlement>();
        services.AddSingleton<IWorkHandler, DeliverParcel>().AddSingleton<IWorkHandler, ForgetParcel>();
        services.AddSingleton<Outbox>().AddSingleton<OwnNodeKey>().AddScoped<CarryEnvelopeHandler>();
        services.AddValidation();
        services.AddScoped<RequestVerification>().AddScoped<Admission>().AddScoped<PostQueries>();
    }

    public void Map(ModuleRoutes routes)
    {
        routes.Peers.MapInbox();
        routes.Api.MapPostLog();
        routes.Api.MapCarryEnvelope();
    }
}

/// <summary>Takes parcels in for other modules, within their transactions.</summary>
public sealed class Outbox(TimeProvider clock)
{
    /// <summary>Accepts a parcel: when the transaction commits, it will be delivered or its sink will hear why not.</summary>
    /// <returns>The id of the parcel.</returns>
    public Task<Guid> PostAsync(AppDb db, NewParcel parcel, CancellationToken cancellationToken) =>
        PostingParcels.PostAsync(db, parcel, clock, cancellationToken);

    /// <summary>The receipt of a parcel came as a return: it need not be sent again. The sink is not told.</summary>
    public Task ReceiptArrivedAsync(AppDb db, string sink, string reference, CancellationToken cancellationToken) =>
        PostingParcels.ReceiptArrivedAsync(db, sink, reference, clock, cancellationToken);

    /// <summary>Deletes the octets of a parcel at once, because the conversation is deleted.</summary>
    public static Task ForgetAsync(AppDb db, string sink, string reference, CancellationToken cancellationToken) =>
        PostingParcels.ForgetAsync(db, sink, reference, cancellationToken);
}
