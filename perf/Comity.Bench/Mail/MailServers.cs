using System.Net;
using System.Net.Sockets;

namespace Comity.Bench.Mail;

/// <summary>
/// Postfix and Dovecot of this run only: own settings, queues, ports and mailboxes in one folder, ended by their own
/// commands. The machine's settings are not touched.
/// </summary>
internal sealed class MailServers : IAsyncDisposable
{
    private readonly string _postfix;
    private readonly string _dovecot;
    private readonly string _mail;

    private MailServers(string folder)
    {
        _postfix = Path.Combine(folder, "postfix");
        _dovecot = Path.Combine(folder, "dovecot");
        _mail = Path.Combine(folder, "mail");
    }

    public int Port { get; } = FreePort();

    private int LmtpPort { get; } = FreePort();

    /// <summary>The settings, as they are printed with the figures.</summary>
    public IReadOnlyList<string> Settings { get; private set; } = [];

    public static async Task<MailServers> StartAsync(
        string folder,
        IReadOnlyList<string> domains,
        CancellationToken stop
    )
    {
        var servers = new MailServers(folder);
        Directory.CreateDirectory(folder, MailSettings.Everybody);
        try
        {
            await servers.LayAsync(domains, stop);
            await DaemonAsync("dovecot", ["-c", Path.Combine(servers._dovecot, "dovecot.conf")], stop);
            await DaemonAsync("postfix", ["-c", servers._postfix, "start"], stop);
            return servers;
        }
        catch
        {
            await servers.DisposeAsync();
            throw;
        }
    }

    public Mailbox Of(string address)
    {
        var parts = address.Split('@');
        return new Mailbox(address, Path.Combine(_mail, parts[1], parts[0]));
    }

    public async ValueTask DisposeAsync()
    {
        if (Directory.Exists(_postfix))
            await new Shell().RunAsync("postfix", "-c", _postfix, "stop");
        if (Directory.Exists(_dovecot))
            await new Shell().RunAsync("doveadm", "-c", Path.Combine(_dovecot, "dovecot.conf"), "stop");
    }

    private async Task LayAsync(IReadOnlyList<string> domains, CancellationToken stop)
    {
        foreach (var folder in (string[])[_postfix, _dovecot, _mail])
            Directory.CreateDirectory(folder, MailSettings.Everybody);
        await MustAsync("chown", [MailSettings.Owner, _mail], stop);
        Directory.CreateDirectory(Path.Combine(_postfix, "data"));
        await MustAsync("chown", ["postfix", Path.Combine(_postfix, "data")], stop);
        Directory.CreateDirectory(Path.Combine(_postfix, "queue"));
        var main = MailSettings.Postfix(_postfix, LmtpPort, domains);
        var dovecot = MailSettings.Dovecot(_dovecot, _mail, LmtpPort);
        await File.WriteAllTextAsync(Path.Combine(_postfix, "main.cf"), main, stop);
        await File.WriteAllTextAsync(Path.Combine(_postfix, "master.cf"), MailSettings.Master(Port), stop);
        await File.WriteAllTextAsync(Path.Combine(_dovecot, "dovecot.conf"), dovecot, stop);
        Settings =
        [
            $"gpg {string.Join(' ', GnuPg.Settings)}; Ed25519 and Curve25519; {Environment.ProcessorCount} processes at once",
            $"Postfix: {OneLine(MailSettings.Shown(main))}",
            $"Dovecot: {OneLine(MailSettings.Shown(dovecot))}",
        ];
    }

    private static string OneLine(IEnumerable<string> lines) => string.Join("; ", lines);

    private static async Task MustAsync(string program, string[] arguments, CancellationToken stop)
    {
        var shell = new Shell().Until(stop);
        if (await shell.RunAsync(program, arguments) != 0)
            throw new BenchException($"{program}: {string.Join(" / ", shell.Output)}");
    }

    // What stays keeps what it was given to write to; it has its log.
    private static Task DaemonAsync(string program, string[] arguments, CancellationToken stop) =>
        MustAsync("sh", ["-c", "exec \"$0\" \"$@\" >/dev/null 2>&1", program, .. arguments], stop);

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
