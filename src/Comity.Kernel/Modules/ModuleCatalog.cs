using System.Reflection;

namespace Comity.Kernel.Modules;

/// <summary>The modules of this program, in the order of their floors.</summary>
public sealed class ModuleCatalog(IReadOnlyList<IModule> modules)
{
    public IReadOnlyList<IModule> Modules { get; } = modules;

    /// <summary>Assemblies with entities: the modules' and the kernel's own.</summary>
    public IEnumerable<Assembly> Assemblies => Modules.Select(m => m.Assembly).Prepend(typeof(ModuleCatalog).Assembly);

    /// <summary>The assemblies by name: equal where the entities are the same.</summary>
    internal string Composition => field ??= string.Join('+', Assemblies.Select(a => a.GetName().Name));

    public IEnumerable<Act> Acts => Modules.SelectMany(m => m.Acts);

    public IEnumerable<Place> Places => Modules.SelectMany(m => m.Places).OrderBy(p => p.Order);
}
