using Comity.Kernel.Hosting;
using Comity.Kernel.Modules;
using Comity.Kernel.Viewing;

namespace Comity.Node.Hosting;

/// <summary>The way in: to the first place that the reader is permitted, or to signing in. Touches no database.</summary>
internal static class StartPage
{
    public static void Map(ModuleRoutes routes) =>
        routes
            .Pages.MapGet(
                "/",
                (CurrentViewer current, ModuleCatalog modules) =>
                    TypedResults.LocalRedirect(
                        modules.Places.FirstOrDefault(p => p.Act is { } act && current.Viewer.May(act))?.Address
                            ?? "/sign-in"
                    )
            )
            .Open("Shows nothing, leads on");
}

/// <summary>What every module found when it looked at its part: the answer of <c>comity doctor</c>.</summary>
internal static class Doctor
{
    private static readonly Act Look = new("node.doctor", "See what is wrong with the node", Role.Operator);

    public static void Map(ModuleRoutes routes) =>
        routes
            .Api.MapGet(
                "/doctor",
                async (IEnumerable<ICheck> checks, Kernel.Data.AppDb db, CancellationToken ct) =>
                {
                    var lines = new List<CheckLine>();
                    foreach (var check in checks)
                        lines.AddRange(await check.LookAsync(db, ct));
                    return lines.Select(l => new
                    {
                        l.Name,
                        State = l.State.ToString().ToLowerInvariant(),
                        l.Sentence,
                        l.Advice,
                    });
                }
            )
            .Needs(Look);
}
