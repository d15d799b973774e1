using Comity.Accounts;
using Comity.Kernel.Data;
using Comity.Kernel.Modules;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Comity.App.Tests.Nodes;

/// <summary>A room whose handlers are faulty, to see what people and programs get of a fault.</summary>
internal sealed class BrokenRoom : IModule
{
    public const string Secret = "what only the log may say";

    public static NodePlan Plan { get; } =
        NodePlan.OfQm with
        {
            Rooms = new ModuleCatalog([new AccountsModule(), new BrokenRoom()]),
        };

    public string Name => "broken";

    public IReadOnlyList<Act> Acts => [];

    public void Add(IServiceCollection services) { }

    public void Map(ModuleRoutes routes)
    {
        const string Why = "A test looks at it";
        routes.Pages.MapGet("/broken", string () => throw new InvalidOperationException(Secret)).Open(Why);
        routes.Api.MapGet("/broken", string () => throw new InvalidOperationException(Secret)).Open(Why);
        var full = new DiskFullException(new IOException(Secret));
        routes.Pages.MapGet("/full", string () => throw full).Open(Why);
        routes.Api.MapGet("/full", string () => throw full).Open(Why);
        routes.Peers.MapGet("/peers/full", string () => throw full).Open(Why);
    }
}
