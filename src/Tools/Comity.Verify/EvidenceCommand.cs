using System.CommandLine;
using Comity.Protocol.Evidence;

namespace Comity.Verify;

/// <summary><c>comity-verify evidence FILE --trust FILE</c>.</summary>
internal static class EvidenceCommand
{
    public static Command Create(Option<bool> json)
    {
        var file = new Argument<FileInfo>("FILE") { Description = "The evidence file." };
        var trust = new Option<FileInfo>("--trust")
        {
            Description =
                "Whom you trust: {\"participants\":{\"QM\":\"<fingerprint>\"},\"roots\":[\"<fingerprint>\"]}.",
            Required = true,
        };
        var command = new Command("evidence", "Checks an evidence file line by line.") { file, trust };
        command.SetAction(
            (parsed, cancellationToken) =>
                RunAsync(
                    parsed.GetRequiredValue(file),
                    parsed.GetRequiredValue(trust),
                    parsed.GetValue(json),
                    cancellationToken
                )
        );
        return command;
    }

    private static async Task<int> RunAsync(
        FileInfo file,
        FileInfo trust,
        bool json,
        CancellationToken cancellationToken
    )
    {
        var evidence = await Usage.ReadAsync(file, cancellationToken);
        var trusted = await Usage.ReadAsync(trust, cancellationToken);
        if (evidence is null || trusted is null)
        {
            return Usage.Wrong;
        }

        var reading = TrustFile.Read(trusted);
        if (!reading.IsGood)
        {
            await Console.Error.WriteLineAsync(
                $"{trust.FullName} is not a trust file: {reading.Fault.Code} at '{reading.Fault.Path}'. "
                    + "It must look like {\"participants\":{\"QM\":\"<40 digits>\"},\"roots\":[\"<64 digits>\"]}."
            );
            return Usage.Wrong;
        }

        if (reading.Value.Participants.Count == 0 && reading.Value.Roots.Count == 0)
        {
            await Console.Error.WriteLineAsync(
                $"{trust.FullName} names nobody to trust, so nothing could be proven. Put in it the fingerprint of a "
                    + "directory root or of the participants, learned otherwise than from the evidence."
            );
            return Usage.Wrong;
        }

        var report = EvidenceVerifier.Verify(evidence, reading.Value);
        Reports.Write(Console.Out, report.Lines, report.NothingFailed, EvidenceReport.Limits, json);
        return report.NothingFailed ? Usage.Proven : Usage.Failed;
    }
}
