using System.CommandLine;
using Comity.Protocol;
using Comity.Protocol.Directories;
using Comity.Protocol.Evidence;

namespace Comity.Verify;

/// <summary><c>comity-verify directory FILE --root FINGERPRINT</c>.</summary>
internal static class DirectoryCommand
{
    public static Command Create(Option<bool> json, TimeProvider clock)
    {
        var file = new Argument<FileInfo>("FILE") { Description = "The snapshot of a directory." };
        var root = new Option<string>("--root")
        {
            Description = "The fingerprint of the directory's root: 64 hexadecimal digits, in groups or not.",
            Required = true,
        };
        var at = new Option<DateTimeOffset?>("--at")
        {
            Description = "Judge as of this instant (2026-03-01T00:00:00Z) instead of now, for a file that was kept.",
        };
        var command = new Command("directory", "Checks a snapshot of a directory down from its root.")
        {
            file,
            root,
            at,
        };
        command.SetAction(
            (parsed, cancellationToken) =>
                RunAsync(
                    parsed.GetRequiredValue(file),
                    parsed.GetRequiredValue(root),
                    parsed.GetValue(json),
                    (parsed.GetValue(at) ?? clock.GetUtcNow()).UtcDateTime,
                    cancellationToken
                )
        );
        return command;
    }

    private static async Task<int> RunAsync(
        FileInfo file,
        string root,
        bool json,
        DateTime now,
        CancellationToken cancellationToken
    )
    {
        if (!TrustFile.TryReadRoot(root, out var pinned))
        {
            await Console.Error.WriteLineAsync(
                "--root is not a fingerprint: it has 64 hexadecimal digits, with or without spaces between groups."
            );
            return Usage.Wrong;
        }

        if (await Usage.ReadAsync(file, cancellationToken) is not { } octets)
        {
            return Usage.Wrong;
        }

        var lines = DirectoryLines.Of(octets, pinned, now);
        var proven = lines.TrueForAll(line => line.Verdict != EvidenceVerdict.Failed);
        Reports.Write(Console.Out, lines, proven, DirectoryLines.Limits, json);
        return proven ? Usage.Proven : Usage.Failed;
    }
}
