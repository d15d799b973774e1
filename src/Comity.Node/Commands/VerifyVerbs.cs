using System.CommandLine;

namespace Comity.Node.Commands;

/// <summary><c>comity directory verify</c>: a snapshot file against a root fingerprint, with no network; done by the separate verifier.</summary>
internal static class DirectoryVerifyVerb
{
    public static Command Make(Verbs verbs)
    {
        var file = new Argument<string>("file") { Description = "A snapshot, as a directory serves it." };
        var root = new Option<string>("--root")
        {
            Description = "The fingerprint of the directory root.",
            Required = true,
        };
        var command = new Command("verify", "Verifies a directory snapshot down to its root, offline.") { file, root };
        command.SetAction(
            (parsed, ct) =>
                VerifierProcess.RunAsync(
                    ["directory", parsed.GetValue(file)!, "--root", parsed.GetValue(root)!],
                    parsed.GetValue(verbs.Json),
                    ct
                )
        );
        return command;
    }
}

/// <summary><c>comity evidence verify</c>.</summary>
internal static class EvidenceVerifyVerb
{
    public static Command Make(Verbs verbs)
    {
        var file = new Argument<string>("file") { Description = "An evidence file." };
        var trust = new Option<string>("--trust")
        {
            Description = "The trust file: fingerprints of participants or of directory roots.",
            Required = true,
        };
        var command = new Command("verify", "Verifies an evidence file line by line, offline.") { file, trust };
        command.SetAction(
            (parsed, ct) =>
                VerifierProcess.RunAsync(
                    ["evidence", parsed.GetValue(file)!, "--trust", parsed.GetValue(trust)!],
                    parsed.GetValue(verbs.Json),
                    ct
                )
        );
        return command;
    }
}

/// <summary>Hands over to the separate verifier, so that there is one verifier and not two.</summary>
internal static class VerifierProcess
{
    public static async Task<int> RunAsync(List<string> args, bool json, CancellationToken ct)
    {
        if (json)
            args.Add("--json");
        using var verifier = Programs.Verifier(args);
        var output = verifier.StandardOutput.ReadToEndAsync(ct);
        var errors = verifier.StandardError.ReadToEndAsync(ct);
        await verifier.WaitForExitAsync(ct);
        await Console.Out.WriteAsync(await output);
        await Console.Error.WriteAsync(await errors);
        return verifier.ExitCode;
    }
}
