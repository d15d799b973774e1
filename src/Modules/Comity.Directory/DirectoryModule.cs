using Comity.Kernel.Modules;
using Microsoft.Extensions.DependencyInjection;

namespace Comity.Directory;

/// <summary>Keys, entries, snapshots, following: who can be reached, where, and with which key.</summary>
public sealed class DirectoryModule : IModule
{
    internal static readonly Act See = new(
        "directory.see",
        "See participants, offices and the state of their keys.",
        Role.Analyst,
        Role.DutyOfficer,
        Role.DirectoryManager,
        Role.Operator
    );

    internal static readonly Act Operate = new(
        "directory.operate",
        "Set the node up, follow directories, keep keys.",
        Role.Operator
    );

    internal static readonly Act Manage = new(
        "directory.manage",
        "Admit entries and publish the snapshot that others follow.",
        Role.DirectoryManager,
        Role.Operator
    );

    public string Name => "directory";

    public IReadOnlyList<Act> Acts => [See, Operate, Manage];

    public IReadOnlyList<Place> Places => [new("Directory", "/directory", See, 40)];

    public void Add(IServiceCollection services) => services.AddScoped<DirectoryQueries>();

    public void Map(ModuleRoutes routes) { }
}
