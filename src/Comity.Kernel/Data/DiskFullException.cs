using Comity.Kernel.Outcomes;

namespace Comity.Kernel.Data;

/// <summary>
/// There was no room for what was to be written, and nothing of it is kept. No fault of the program, and nothing that
/// a use case could decide: whoever asked for it is told so, and work is tried again by itself.
/// </summary>
public sealed class DiskFullException(Exception cause) : Exception("The disk is full; nothing was written.", cause)
{
    /// <summary>What people and programs are told.</summary>
    public static Problem Problem { get; } =
        Problem.NotNow(
            "kernel.disk-full",
            "The disk of this node is full. Nothing was accepted, and nothing that was accepted before is lost. When its operator has made room, please send it again."
        );
}
