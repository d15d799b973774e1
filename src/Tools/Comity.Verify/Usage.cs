using System.CommandLine;

namespace Comity.Verify;

/// <summary>Exit codes: 0 everything proven, 1 something failed, 2 the command or a file could not be used.</summary>
internal static class Usage
{
    public const int Proven = 0;
    public const int Failed = 1;
    public const int Wrong = 2;

    private const long MaxOctets = 64L * 1024 * 1024;

    public static async Task<int> RunAsync(RootCommand root, string[] args)
    {
        var parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
            {
                await Console.Error.WriteLineAsync(error.Message);
            }

            await Console.Error.WriteLineAsync("See comity-verify --help.");
            return Wrong;
        }

        return await parsed.InvokeAsync();
    }

    /// <summary>Reads a whole file; says on the error stream why it cannot, and what to do.</summary>
    public static async Task<byte[]?> ReadAsync(FileInfo file, CancellationToken cancellationToken)
    {
        try
        {
            if (file.Exists && file.Length > MaxOctets)
            {
                await Console.Error.WriteLineAsync($"{file.FullName} is larger than 64 MiB and was not read.");
                return null;
            }

            return await File.ReadAllBytesAsync(file.FullName, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync(
                $"{file.FullName} could not be read ({exception.Message}). Check the name and the permissions."
            );
            return null;
        }
    }
}
