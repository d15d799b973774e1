using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Comity.Kernel.Modules;

/// <summary>
/// The door of a room. A module brings its services, its acts, its places in the navigation and its routes, and lets
/// other modules see nothing else of it than its events and its queries.
/// </summary>
public interface IModule
{
    /// <summary>Short name: prefix of the module's tables (<c>directory_office</c>) and of its acts.</summary>
    string Name { get; }

    /// <summary>Where entities, pages and texts of the module are found.</summary>
    Assembly Assembly => GetType().Assembly;

    /// <summary>The acts that somebody can be permitted; none are permitted that stand in no module's list.</summary>
    IReadOnlyList<Act> Acts { get; }

    /// <summary>The module's places in the navigation.</summary>
    IReadOnlyList<Place> Places => [];

    /// <summary>Registers services, work handlers, validation.</summary>
    void Add(IServiceCollection services);

    /// <summary>Adds steps to the pipeline, before permissions are asked; accounts finds the viewer here.</summary>
    void Use(IApplicationBuilder app) { }

    /// <summary>Maps pages, API and routes between nodes.</summary>
    void Map(ModuleRoutes routes);
}
