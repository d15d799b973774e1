// `./comity build`: everything as it is released. Restores, checks the layout, builds, publishes the node ReadyToRun and the
// verifier as native code, and says how large they are. Nothing is shipped that did not come out of this.
using System.Runtime.InteropServices;

var repository = Repository.Here();
var runtime = args is ["--runtime", var wanted] ? wanted : RuntimeInformation.RuntimeIdentifier;
var node = repository.At("artifacts", "release", "comity");
var verifier = repository.At("artifacts", "release", "comity-verify");
(string What, string[] Arguments)[] steps =
[
    ("restoring the tools", ["tool", "restore"]),
    ("checking the layout of the sources", ["csharpier", "check", "."]),
    ("building the solution", ["build", "Comity.slnx", "-c", "Release", "-nologo", "-v", "q", "-nodeReuse:false"]),
    (
        "publishing the node, ReadyToRun",
        // Publishing for one runtime needs packages that the lock files, made for all, do not name.
        [
            "publish",
            "src/Comity.Node",
            "-c",
            "Release",
            "-r",
            runtime,
            "--no-self-contained",
            "-p:PublishReadyToRun=true",
            .. Unlocked(node),
        ]
    ),
    (
        "publishing the verifier, native",
        [
            "publish",
            "src/Tools/Comity.Verify",
            "-c",
            "Release",
            "-r",
            runtime,
            "-p:PublishAot=true",
            .. Unlocked(verifier),
        ]
    ),
];

foreach (var (what, arguments) in steps)
{
    using var progress = new Progress(what);
    var shell = new Shell().In(repository.Root);
    if (await shell.RunAsync("dotnet", arguments) != 0)
    {
        progress.Dispose();
        Progress.Say($"failed: {what}");
        Progress.Say(
            string.Join(
                '\n',
                shell
                    .Output.Where(l => l.Contains("rror", StringComparison.Ordinal))
                    .Distinct()
                    .DefaultIfEmpty(shell.Output.LastOrDefault() ?? "")
                    .Take(30)
            )
        );
        return 1;
    }

    Progress.Say($"{what}: {Progress.Clock(progress.Elapsed)}");
}

Progress.Say($"{repository.Name(node)}: {Megabytes(node)}");
Progress.Say($"{repository.Name(verifier)}: {Megabytes(verifier)}");
return 0;

static string[] Unlocked(string to) => ["-o", to, "-nologo", "-v", "q", "-nodeReuse:false", "-p:ComityRelease=true"];

static string Megabytes(string folder) =>
    $"{new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories).Where(f => f.Extension is not ".pdb" and not ".dbg").Sum(f => f.Length) / 1e6:0.0} MB";
