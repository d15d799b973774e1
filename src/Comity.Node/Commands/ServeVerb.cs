using System.CommandLine;
using System.Security.Cryptography;
using Comity.Kernel.Hosting;
using Comity.Node.Hosting;

namespace Comity.Node.Commands;

/// <summary><c>comity serve</c>: runs one node until it is stopped.</summary>
internal static class ServeVerb
{
    public static Command Make(Verbs verbs)
    {
        var database = new DatabaseOptions();
        var leave = new Option<bool>("--leave-with-parent")
        {
            Description = "Ends when standard input ends.",
            Hidden = true,
        };
        var proxies = TrustedProxy();
        var listen = new Option<string[]>("--listen")
        {
            Description =
                "Where the program listens from now on, if not at its address (behind a proxy); kept in node.json.",
        };
        var certificate = new CertificateOptions();
        var command = new Command("serve", "Runs the node of a data folder.") { leave, proxies, listen };
        foreach (var option in certificate.All.Concat(database.All))
            command.Options.Add(option);
        command.SetAction(
            async (parsed, ct) =>
            {
                using var end = CancellationTokenSource.CreateLinkedTokenSource(ct);
                if (parsed.GetValue(leave))
                    _ = EndWithInputAsync(end);
                var kept = verbs.Options(parsed);
                var wished = certificate.Read(parsed, Trusting(kept, parsed.GetValue(proxies) ?? []));
                if (Addresses(parsed.GetValue(listen)) is { } addresses)
                    wished = wished with { Listen = addresses };
                RefuseWithoutCertificate(wished);
                if (wished != kept)
                    wished.Save();
                return await ServeAsync(verbs, wished, database.Read(parsed), end.Token);
            }
        );
        return command;
    }

    public static Option<string[]> TrustedProxy() =>
        new("--trusted-proxy")
        {
            Description = "Address of a proxy in front, whose X-Forwarded-For is believed; kept in node.json.",
        };

    public static NodeOptions Trusting(NodeOptions options, string[] proxies)
    {
        if (proxies.Length == 0)
            return options;
        if (Array.Find(proxies, p => !System.Net.IPAddress.TryParse(p, out _)) is { } wrong)
            throw new CommandException($"{wrong} is not an address. Nothing was done.");
        return options with { TrustedProxies = proxies };
    }

    /// <summary>Where to listen; null where nothing is named.</summary>
    public static string[]? Addresses(string[]? given)
    {
        if (given is not { Length: > 0 })
            return null;
        var wrong = Array.Find(
            given,
            a => !Uri.TryCreate(a, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https")
        );
        return wrong is null
            ? given
            : throw new CommandException(
                $"{wrong} is no address to listen at, as http://127.0.0.1:8800. Nothing was done."
            );
    }

    private static void RefuseWithoutCertificate(NodeOptions options)
    {
        using var certificate = new NodeCertificate(options, TimeProvider.System);
        if (certificate.IsMissing)
            throw new CommandException($"Nothing was started: {CertificateOptions.Missing}");
        try
        {
            if (options.CertificateFile is not null)
                _ = certificate.Current();
        }
        catch (CryptographicException)
        {
            throw new CommandException(
                $"Nothing was started: {options.CertificateFile} and its key are no certificate with the key that belongs to it."
            );
        }
    }

    // A demonstration that is killed must not leave nodes behind: their standard input ends with it.
    private static async Task EndWithInputAsync(CancellationTokenSource end)
    {
        await using var input = Console.OpenStandardInput();
        var nothing = new byte[16];
        while (await input.ReadAsync(nothing, end.Token) > 0) { }
        await end.CancelAsync();
    }

    // Keys and messages stay where they are; a node that suddenly looked into an empty database would seem to have lost them.
    private static async Task RefuseToLeaveDataAsync(Verbs verbs, NodeOptions options, CancellationToken ct)
    {
        if (options.Database is null && !File.Exists(options.SqlitePath))
            return;
        await using var node = await NodeConnection.OpenAsync(options, verbs.Modules, ct);
        if ((await node.GetJsonAsync("keys", ct)).AsArray().Count > 0)
            throw new CommandException(
                $"The node in {options.DataFolder} has its keys in the database that it was made with. Nothing was changed. "
                    + "A node on PostgreSQL is made there: comity init --data NEW-FOLDER --database-file FILE …"
            );
    }

    private static async Task<int> ServeAsync(Verbs verbs, NodeOptions options, string? database, CancellationToken ct)
    {
        var moved = database is not null && !string.Equals(database, options.Database, StringComparison.Ordinal);
        if (moved)
        {
            await RefuseToLeaveDataAsync(verbs, options, ct);
            options = options with { Database = database };
        }
        if (new PrivacyCheck(options).Open() is { } open)
            throw new CommandException(
                $"{open} can be read by other users of this machine. Nothing was started. Run: chmod o= {open}"
            );
        using var held =
            DataLock.TryTake(options.LockPath)
            ?? throw new CommandException(
                $"A node or a command already works on {options.DataFolder}. Nothing was started."
            );
        File.Delete(options.SocketPath); // The lock is ours, so a socket that is there was left by a killed process.
        await using var app = NodeHost.Build(options, verbs.Modules, NodeMode.Serving, options.SocketPath);
        await NodeHost.MigrateAsync(app, ct);
        if (moved)
            options.Save(); // Only now: a mistyped address must not stay.
        await NodeHost.StartAsync(app, ct);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(options.SocketPath, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Console.Out.WriteLine($"ready {options.BaseUrl}");
        await app.WaitForShutdownAsync(ct);
        return CommandLine.Done;
    }
}
