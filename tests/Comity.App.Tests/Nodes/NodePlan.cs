using Comity.Accounts;
using Comity.Kernel.Data;
using Comity.Kernel.Hosting;
using Comity.Kernel.Modules;
using Comity.Node.Hosting;
using Comity.Protocol;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Serilog;

namespace Comity.App.Tests.Nodes;

/// <summary>In what a node of a test differs from one that is served.</summary>
internal sealed record NodePlan
{
    private static readonly ModuleCatalog OnlyAccounts = new([new AccountsModule()]);

    /// <summary>A node of QM whose offices are stated, so that nothing has to be set up before people are invited.</summary>
    public static NodePlan OfQm { get; } = new() { HomeOffices = ["QM/technical", "QM/policy", "QM/diplomatic"] };

    /// <summary>The same with people and sessions and nothing else.</summary>
    public static NodePlan OfPeople { get; } = OfQm with { Rooms = OnlyAccounts };

    /// <summary>The modules of the node.</summary>
    public ModuleCatalog Rooms { get; init; } = Comity.Node.Rooms.Catalog;

    /// <summary>Host of the node's address; several names of one machine are several sites to a browser.</summary>
    public string Host { get; init; } = "127.0.0.1";

    /// <summary>Proxies that the node believes.</summary>
    public IReadOnlyList<string> TrustedProxies { get; init; } = [];

    /// <summary>The offices of the node, where they do not come from its directory.</summary>
    public IReadOnlyList<string>? HomeOffices { get; init; }

    /// <summary>A clock that the test moves; null means the machine's own.</summary>
    public TimeProvider? Clock { get; init; }

    /// <summary>What else the test puts in place of a part of the node.</summary>
    public Action<IServiceCollection>? Instead { get; init; }

    public Action<IServiceCollection> Apply(NodeOptions options) =>
        services =>
        {
            // Into the folder's own log only: a test's output is for the test.
            services.AddSerilog(
                log => NodeLog.Configure(log, options, NodeMode.OneCommand),
                preserveStaticLogger: true
            );
            if (Clock is not null)
                services.Replace(ServiceDescriptor.Singleton(Clock));
            if (HomeOffices is not null)
                services.Replace(ServiceDescriptor.Singleton<IHomeOffices>(new StatedOffices(HomeOffices)));
            Instead?.Invoke(services);
        };

    private sealed class StatedOffices(IReadOnlyList<string> offices) : IHomeOffices
    {
        public Task<IReadOnlyList<Audiences.Standing>> ListAsync(AppDb db, CancellationToken ct) =>
            Task.FromResult<IReadOnlyList<Audiences.Standing>>([
                .. offices.Select(o => new Audiences.Standing(OfficeName.Parse(o), o.Split('/')[1])),
            ]);
    }
}
