using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace Comity.Node.Hosting;

/// <summary>What this process makes is for its own user only: files, folders, and sockets from their first moment.</summary>
internal static class Umask
{
    private const uint NobodyElse = 0b000_111_111;

    public static void Close()
    {
        if (!OperatingSystem.IsWindows())
            _ = Set(NobodyElse);
    }

    [DllImport("libc", EntryPoint = "umask")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [SuppressMessage("Interoperability", "SYSLIB1054", Justification = "A number in, a number out: nothing to marshal")]
    private static extern uint Set(uint mask);
}
