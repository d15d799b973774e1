using System.Globalization;
using System.Security.Cryptography;
using Comity.Fuzz.Tests.Engine;
using Comity.Fuzz.Tests.Targets;

namespace Comity.Fuzz.Tests;

/// <summary>
/// Whatever octets come, every reader gives a value or a refusal: nothing is thrown, nothing hangs, memory is bounded,
/// and nothing is taken for signed that nobody signed.
/// </summary>
public sealed class FuzzTests
{
    private const int Cases = 20_000;
    private const ulong UsualSeed = 20260301;

    private static readonly Dictionary<string, Func<Target>> Targets = new(StringComparer.Ordinal)
    {
        ["envelope"] = () => new EnvelopeTarget(),
        ["message"] = () => new MessageTarget(),
        ["statement"] = () => new StatementTarget(),
        ["receipt"] = () => new ReceiptTarget(),
        ["entry"] = () => new EntryTarget(),
        ["snapshot"] = () => new SnapshotTarget(),
        ["http-signature"] = () => new HttpSignatureTarget(),
        ["stix"] = () => new StixTarget(),
        ["pasted-text"] = () => new PastedTextTarget(),
        ["csv"] = () => new CsvTarget(),
        ["misp"] = () => new MispTarget(),
    };

    public static TheoryData<string> Names => [.. Targets.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void No_octets_make_a_reader_throw_hang_or_take_too_much(string name)
    {
        var target = Targets[name]();
        var run = new FuzzRun(target, Seed() ?? UsualSeed);
        run.Run(Workshop.Kept(name), Cases, TimeSpan.MaxValue, TestContext.Current.CancellationToken);
        Judge(run);
    }

    [Theory]
    [Trait("Lane", "slow")]
    [MemberData(nameof(Names))]
    public void Eight_minutes_of_changes_find_nothing(string name)
    {
        var target = Targets[name]();
        var run = new FuzzRun(target, Seed() ?? BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(8)));
        byte[][] kept = [.. Workshop.Kept(name), .. Workshop.Grown(name)];
        run.Run(kept, long.MaxValue, Span(), TestContext.Current.CancellationToken);
        Workshop.Keep(name, Distillation.Of(target, run.Corpus));
        Judge(run);
    }

    private static void Judge(FuzzRun run)
    {
        TestContext.Current.TestOutputHelper?.WriteLine(run.Summary());
        Workshop.Report(run.Summary());
        var told = run.Findings.Select(finding => finding.Describe(finding.Save(Path.Combine(run.Folder, "findings"))));
        Assert.True(run.Findings.Count == 0, string.Join("\n\n", told));
    }

    private static ulong? Seed() =>
        ulong.TryParse(
            Environment.GetEnvironmentVariable("COMITY_FUZZ_SEED"),
            CultureInfo.InvariantCulture,
            out var seed
        )
            ? seed
            : null;

    private static TimeSpan Span() =>
        double.TryParse(
            Environment.GetEnvironmentVariable("COMITY_FUZZ_MINUTES"),
            CultureInfo.InvariantCulture,
            out var minutes
        )
            ? TimeSpan.FromMinutes(minutes)
            : TimeSpan.FromMinutes(8);
}
