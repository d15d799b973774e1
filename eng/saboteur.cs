// `./comity saboteur [NAME]`: breaks the product on purpose, patch by patch, and expects a red test. tests/saboteur/README.md
// has the format. Works in a git worktree of its own, on the last commit; what is not committed is not looked at.
var repository = Repository.Here();
var wanted = args.FirstOrDefault() ?? "";
var patches = repository
    .Files("tests/saboteur", ".patch")
    .Where(p => Path.GetFileName(p).Contains(wanted, StringComparison.Ordinal))
    .Select(SabotagePatch.Read)
    .ToList();
if (patches.Count == 0)
{
    Console.WriteLine(
        wanted.Length == 0
            ? "There is no patch in tests/saboteur yet."
            : $"No patch in tests/saboteur is called \"{wanted}\"."
    );
    return wanted.Length == 0 ? 0 : 2;
}

await using var postgres = Need.PostgresPrograms() is { } programs
    ? await PrivatePostgres.StartAsync(programs, CancellationToken.None)
    : null;
Environment.SetEnvironmentVariable("COMITY_TEST_POSTGRES", postgres?.ConnectionString);
await using var copy = await SabotageCopy.MakeAsync(repository);
var results = new List<(SabotagePatch Patch, string Fault)>();

// First all tests as they are, on one build; then one build for each patch.
var faults = new Dictionary<SabotagePatch, string>();
using (var progress = new Progress("the named tests without any patch"))
{
    foreach (var patch in patches)
    {
        progress.Detail(patch.Name);
        faults[patch] = await copy.LookAsync(patch);
    }
}

foreach (var patch in patches)
{
    using var progress = new Progress(patch.Name);
    var fault = faults[patch].Length > 0 ? faults[patch] : await copy.BreakAsync(patch);
    progress.Dispose();
    results.Add((patch, fault));
    Progress.Say(
        fault.Length == 0 ? $"  red, as it should be   {patch.Name}" : $"  NOT NOTICED            {patch.Name}: {fault}"
    );
}

Progress.Say("");
foreach (var (patch, fault) in results)
{
    Progress.Say($"  {(fault.Length == 0 ? "noticed" : "missed "), -8} {patch.Name, -34} {patch.Breaks}");
}

var missed = results.Count(r => r.Fault.Length > 0);
Progress.Say($"{results.Count - missed} passed, {missed} failed");
return missed == 0 ? 0 : 1;
