using Comity.Kernel.Data;

namespace Comity.Kernel.Hosting;

/// <summary>
/// Which offices this node is home to. The directory knows; accounts and the operator's socket ask, from a lower floor.
/// </summary>
public interface IHomeOffices
{
    Task<IReadOnlyList<Audiences.Standing>> ListAsync(AppDb db, CancellationToken ct);
}

/// <summary>Put on connections that came through the node's own socket, which only its operator can open.</summary>
public sealed class OperatorConnection
{
    public static readonly object Key = new();
}
