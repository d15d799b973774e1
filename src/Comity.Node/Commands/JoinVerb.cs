using System.CommandLine;
using System.Text.Json.Nodes;
using Comity.Kernel.Hosting;

namespace Comity.Node.Commands;

/// <summary><c>comity join</c>: makes a further instance of a node that is on PostgreSQL.</summary>
internal static class JoinVerb
{
    public static Command Make(Verbs verbs)
    {
        var (database, certificate) = (new DatabaseOptions(), new CertificateOptions());
        var key = new Option<string>("--master-key")
        {
            Description = "A file with the master key of the node; it is copied into the folder.",
            Required = true,
        };
        var listen = new Option<string[]>("--listen")
        {
            Description = "Where this instance listens, if not at the address of the node (behind a load balancer).",
        };
        var proxies = ServeVerb.TrustedProxy();
        var command = new Command(
            "join",
            "Makes a further instance of a node on PostgreSQL: a folder of its own, the same database."
        )
        {
            key,
            listen,
            proxies,
        };
        foreach (var option in certificate.All.Concat(database.All))
            command.Options.Add(option);
        command.SetAction(
            async (parsed, ct) =>
            {
                var shared =
                    database.Read(parsed)
                    ?? throw new CommandException(
                        "Name the PostgreSQL database of the node with --database-file FILE. Nothing was done. A node on "
                            + "SQLite is one process on one machine and has no further instances."
                    );
                var folder = Path.GetFullPath(parsed.GetValue(verbs.DataFolder)!);
                var joining = new Joining(folder, shared, Path.GetFullPath(parsed.GetValue(key)!));
                var address = await joining.AddressAsync(verbs.Modules, ct);
                var options = new NodeOptions
                {
                    DataFolder = folder,
                    BaseUrl = address,
                    Listen =
                        ServeVerb.Addresses(parsed.GetValue(listen)) ?? [address.GetLeftPart(UriPartial.Authority)],
                    Database = shared,
                };
                options = certificate.Read(parsed, ServeVerb.Trusting(options, parsed.GetValue(proxies) ?? []));
                joining.Lay(options);
                verbs.Terminal(parsed).Result(Told(options), [.. Lines(options), .. InitVerb.Start(options)]);
                return CommandLine.Done;
            }
        );
        return command;
    }

    private static JsonObject Told(NodeOptions options) =>
        new()
        {
            ["node"] = $"{options.BaseUrl}",
            ["folder"] = options.DataFolder,
            ["listen"] = Json.Array(options.Listen),
        };

    private static IEnumerable<string> Lines(NodeOptions options) =>
        [
            $"An instance of {options.BaseUrl} is in {options.DataFolder}; it listens at {string.Join(", ", options.Listen)}.",
            "All instances share the database and the master key, and run the same version.",
        ];
}
