using System.Diagnostics;

namespace Comity.App.Tests.Architecture;

/// <summary>Runs a program that somebody else wrote, in the root of the repository.</summary>
internal static class Foreign
{
    public static async Task<(int Code, string Said)> RunAsync(string program, params string[] arguments)
    {
        var stop = TestContext.Current.CancellationToken;
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = House.Repository.Root,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(stop);
        var errors = process.StandardError.ReadToEndAsync(stop);
        await process.WaitForExitAsync(stop);
        return (process.ExitCode, $"{await output}{await errors}".Trim());
    }
}
