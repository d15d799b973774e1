using Comity.Kernel.Data;
using Comity.Kernel.Hosting;

namespace Comity.Directory.Finding;

/// <summary>Tells lower floors which offices this node is home to.</summary>
internal sealed class HomeOffices(Roll roll) : IHomeOffices
{
    public async Task<IReadOnlyList<Audiences.Standing>> ListAsync(AppDb db, CancellationToken ct) =>
        [
            .. (await roll.ReadAsync(ct))
                .InOrder.Where(e => e.Home)
                .SelectMany(e => e.Entry.Core.Offices)
                .Select(o => new Audiences.Standing(o.Name, o.Kind)),
        ];
}
