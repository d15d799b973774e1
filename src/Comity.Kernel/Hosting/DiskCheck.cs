using Comity.Kernel.Data;

namespace Comity.Kernel.Hosting;

/// <summary>Whether there is room left where the node keeps its data.</summary>
internal sealed class DiskCheck(NodeOptions options) : ICheck
{
    private const long Megabyte = 1 << 20;

    /// <summary>The largest envelope and everything that comes with it.</summary>
    private const long Least = 256 * Megabyte;
    private const long Comfortable = 2048 * Megabyte;

    public Task<IReadOnlyList<CheckLine>> LookAsync(AppDb db, CancellationToken ct) =>
        Task.FromResult<IReadOnlyList<CheckLine>>([Line(new DriveInfo(options.DataFolder).AvailableFreeSpace)]);

    internal static CheckLine Line(long free)
    {
        const string Name = "kernel.disk";
        var left = FormattableString.Invariant($"{(double)free / Megabyte:0.#} MB");
        return free < Least
                ? new(
                    Name,
                    CheckState.Fail,
                    $"Only {left} are left on the disk of this node. Where there is no room, nothing is accepted.",
                    "Make room now. What was accepted is kept; what others send is tried again by their nodes for five days."
                )
            : free < Comfortable
                ? new(
                    Name,
                    CheckState.Warn,
                    $"{left} are left on the disk of this node.",
                    "Make room before it is full: then nothing is accepted any more."
                )
            : new(Name, CheckState.Ok, $"{left} are left on the disk of this node.");
    }
}
