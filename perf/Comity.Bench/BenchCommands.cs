using System.CommandLine;
using Comity.Bench.Broadcasting;
using Comity.Bench.Exchanging;
using Comity.Bench.Measuring;
using Comity.Bench.Starting;

namespace Comity.Bench;

/// <summary>The verbs: one for each benchmark, with the same options.</summary>
internal static class BenchCommands
{
    private static readonly Option<bool> Quick = new("--quick")
    {
        Description = "A short run at small sizes, to see that everything works.",
        Recursive = true,
    };

    private static readonly Option<string?> Sizes = new("--sizes")
    {
        Description = "Other sizes than the usual three, as 6,60,600.",
        Recursive = true,
    };

    private static readonly Option<string> Octets = new("--octets")
    {
        Description = "How long the text of a message is, as 1000 or 10kB.",
        DefaultValueFactory = _ => "1000",
        Recursive = true,
    };

    private static readonly Option<string?> Without = new("--without")
    {
        Description = "mail: leaves out what is measured beside it (GnuPG, Postfix, Dovecot).",
        Recursive = true,
    };

    private static readonly Option<string?> In = new("--in")
    {
        Description = "The folder for nodes and mail, on the disk to be measured; a temporary one where none is named.",
        Recursive = true,
    };

    private static readonly Option<bool> Json = new("--json")
    {
        Description = "Prints one JSON value instead of tables.",
        Recursive = true,
    };

    private static readonly Option<bool> Markdown = new("--markdown")
    {
        Description = "Prints the tables as docs/performance.md has them.",
        Recursive = true,
    };

    private static readonly Option<string> Attachment = new("--attachment")
    {
        Description = "A file that goes with it, as 25MiB.",
        DefaultValueFactory = _ => "0",
    };

    public static RootCommand Make(TextWriter to) =>
        new("Measures the product on this machine, side by side with what one would use today.")
        {
            Quick,
            Sizes,
            Octets,
            Without,
            In,
            Json,
            Markdown,
            Verb(
                to,
                "broadcast",
                "One message to many offices (P1); with an attachment, the memory that it takes.",
                (run, parsed, stop) => BroadcastBench.RunAsync(run, Quantity.Read(parsed.GetValue(Attachment)!), stop),
                Attachment
            ),
            Verb(
                to,
                "exchange",
                "Messages with their receipts between two nodes (P2).",
                (run, _, stop) => ExchangeBench.RunAsync(run, stop)
            ),
            Verb(
                to,
                "start",
                "From exec to the first page; memory at rest (P8).",
                (run, _, stop) => StartBench.RunAsync(run, stop)
            ),
        };

    private static Command Verb(
        TextWriter to,
        string name,
        string description,
        Func<BenchRun, ParseResult, CancellationToken, Task<Report>> measure,
        params Option[] own
    )
    {
        var command = new Command(name, description);
        foreach (var option in own)
            command.Options.Add(option);
        command.SetAction(
            async (parsed, stop) =>
            {
                var style =
                    parsed.GetValue(Json) ? ReportStyle.Json
                    : parsed.GetValue(Markdown) ? ReportStyle.Markdown
                    : ReportStyle.Plain;
                try
                {
                    using var run = Read(parsed);
                    ReportWriter.Write(await measure(run, parsed, stop), style, to);
                    return 0;
                }
                catch (BenchException reason)
                {
                    await Console.Error.WriteLineAsync($"comity bench: {reason.Message}");
                    return 1;
                }
            }
        );
        return command;
    }

    private static BenchRun Read(ParseResult parsed) =>
        new(parsed.GetValue(In))
        {
            Quick = parsed.GetValue(Quick),
            Sizes = parsed.GetValue(Sizes) is { } sizes ? [.. sizes.Split(',').Select(Quantity.Read)] : null,
            Octets = Quantity.Read(parsed.GetValue(Octets)!),
            WithMail = parsed.GetValue(Without) != "mail",
        };
}
