using System.CommandLine;
using System.Globalization;
using Comity.Kernel.Hosting;
using Comity.Kernel.Modules;

namespace Comity.Node.Commands;

/// <summary>The verbs of the program. Exit codes: 0 done, 1 refused or failed, 2 used wrongly, 3 something is missing.</summary>
internal static class CommandLine
{
    public const int Done = 0;
    public const int Failed = 1;
    public const int UsedWrongly = 2;
    public const int Missing = 3;

    public static async Task<int> RunAsync(ModuleCatalog modules, string[] args)
    {
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
        var verbs = new Verbs(modules);
        var root = new RootCommand(
            "Comity: States keep the agreed framework of responsible behaviour in the use of ICTs working every day."
        )
        {
            verbs.DataFolder,
            verbs.Json,
            InitVerb.Make(verbs),
            JoinVerb.Make(verbs),
            ServeVerb.Make(verbs),
            Demo.DemoVerb.Make(verbs),
            AccountsVerbs.Make(verbs),
            DirectoryVerbs.Make(verbs),
            KeysVerbs.Make(verbs),
            ExchangeVerbs.Make(verbs),
            EvidenceVerbs.Make(verbs),
            BackupVerb.Make(verbs),
            RestoreVerb.Make(verbs),
            DoctorVerb.Make(verbs),
        };
        var parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
                Terminal.Error(error.Message);
            Terminal.Error("`comity --help` lists the verbs, `comity VERB --help` what one takes.");
            return UsedWrongly;
        }
        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }
        catch (CommandException problem)
        {
            verbs.Terminal(parsed).Problem(problem.Code, problem.Message);
            return Failed;
        }
        catch (OperationCanceledException)
        {
            verbs.Terminal(parsed).Problem("stopped", "Stopped. What was accepted before is kept.");
            return Failed;
        }
        catch (Exception fault) when (Sentences.Of(fault) is { } sentence)
        {
            verbs.Terminal(parsed).Problem("surroundings", sentence);
            return Missing;
        }
    }
}

/// <summary>What all verbs share: where the node is, and how to speak.</summary>
internal sealed class Verbs(ModuleCatalog modules)
{
    public ModuleCatalog Modules { get; } = modules;

    public Option<string> DataFolder { get; } =
        new("--data")
        {
            Description = "The folder of the node (default: $COMITY_DATA, else ./data).",
            Recursive = true,
            DefaultValueFactory = _ => Environment.GetEnvironmentVariable("COMITY_DATA") ?? "data",
        };

    public Option<bool> Json { get; } =
        new("--json") { Description = "Print one JSON value instead of sentences.", Recursive = true };

    public Terminal Terminal(ParseResult parsed) => new(parsed.GetValue(Json));

    public NodeOptions Options(ParseResult parsed)
    {
        var folder = parsed.GetValue(DataFolder)!;
        Unfinished.Refuse(folder);
        return NodeOptions.Exists(folder)
            ? NodeOptions.Load(folder)
            : throw new CommandException(
                $"There is no node in {Path.GetFullPath(folder)}. `comity init --data {folder} …` makes one; --data names another folder."
            );
    }

    public Task<NodeConnection> ConnectAsync(ParseResult parsed, CancellationToken ct) =>
        NodeConnection.OpenAsync(Options(parsed), Modules, ct);
}
