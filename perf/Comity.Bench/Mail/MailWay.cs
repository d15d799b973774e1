using System.Collections.Concurrent;
using System.Diagnostics;
using Comity.Bench.Exchanging;
using Comity.Bench.Nodes;

namespace Comity.Bench.Mail;

/// <summary>
/// The same with what one would use today: sealed with <c>gpg</c>, carried by Postfix, kept by Dovecot, opened with
/// <c>gpg</c>; a receipt is signed, comes back the same way and is verified.
/// </summary>
internal sealed class MailWay : IRoundTrips, IAsyncDisposable
{
    private const string Author = "technical@qm.example";
    private readonly MailServers _servers;
    private readonly GnuPg _author;
    private readonly IReadOnlyList<GnuPg> _homes;
    private readonly IReadOnlyList<MailOffice> _offices;
    private readonly string _text;
    private readonly ConcurrentBag<SmtpClient> _connections = [];

    private MailWay(MailServers servers, GnuPg author, IReadOnlyList<MailOffice> offices, string text)
    {
        _servers = servers;
        _author = author;
        _offices = offices;
        _homes = [.. offices.Select(o => o.Home).Distinct()];
        _text = text;
    }

    public string Name => "gpg, Postfix, Dovecot";

    public IReadOnlyList<string> Settings => _servers.Settings;

    /// <summary>Offices at so many places, each place with a home of its own for its keys.</summary>
    public static async Task<MailWay> MakeAsync(BenchRun run, int places, int offices, CancellationToken stop)
    {
        await MailPrograms.SeeToAsync(run.Folder, stop);
        using var progress = new Progress($"making {offices} keys with gpg, starting Postfix and Dovecot");
        var folder = Path.Combine(run.Folder, "m");
        string[] domains = [.. Enumerable.Range(1, places).Select(i => $"q{i}.example")];
        var servers = await MailServers.StartAsync(folder, ["qm.example", .. domains], stop);
        var author = new GnuPg(Path.Combine(folder, "g0"));
        await author.MakeKeysAsync([Author], stop);
        var made = new List<MailOffice>();
        for (var place = 0; place < places; place++)
        {
            var home = new GnuPg(Path.Combine(folder, $"g{place + 1}"));
            string[] addresses =
            [
                .. Enumerable.Range(0, offices).Where(i => i % places == place).Select(i => $"o{i}@{domains[place]}"),
            ];
            await home.MakeKeysAsync(addresses, stop);
            await author.ImportFromAsync(home, stop);
            await home.ImportFromAsync(author, stop);
            made.AddRange(addresses.Select(a => new MailOffice(home, servers.Of(a))));
        }
        return new MailWay(servers, author, made, Letter.Text(run.Octets));
    }

    public async Task<IReadOnlyList<double>> AloneAsync(int count, CancellationToken stop)
    {
        var times = new List<double>();
        for (var i = 0; i < count; i++)
            times.Add((await ToAsync([_offices[0]], stop)).TotalMilliseconds);
        return times;
    }

    public Task<TimeSpan> TogetherAsync(int count, CancellationToken stop) =>
        ToAsync([.. Enumerable.Range(0, count).Select(i => _offices[i % _offices.Count])], stop);

    /// <summary>One sealed message to each of these, until the last receipt is verified.</summary>
    private async Task<TimeSpan> ToAsync(IReadOnlyList<MailOffice> offices, CancellationToken stop)
    {
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(
            Task.WhenAll(offices.Select(o => SealAsync(o, stop))),
            CollectAsync([.. offices.Distinct()], offices.Count, OpenAsync, stop),
            CollectAsync(
                [new MailOffice(_author, _servers.Of(Author))],
                offices.Count,
                (_, mail, token) => _author.VerifyAsync(mail, token),
                stop
            )
        );
        return clock.Elapsed;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var connection in _connections)
            connection.Dispose();
        await _servers.DisposeAsync();
        foreach (var home in _homes.Append(_author))
            await home.DisposeAsync();
    }

    private async Task SealAsync(MailOffice to, CancellationToken stop)
    {
        var envelope = await _author.SealAsync(_text, Author, to.Box.Address, stop);
        await MailAsync(Author, to.Box.Address, envelope, stop);
    }

    private async Task OpenAsync(MailOffice office, string mail, CancellationToken stop)
    {
        await office.Home.OpenAsync(mail, stop);
        var receipt = await office.Home.SignAsync("Opened by " + office.Box.Address, office.Box.Address, stop);
        await MailAsync(office.Box.Address, Author, receipt, stop);
    }

    private async Task MailAsync(string from, string to, string body, CancellationToken stop)
    {
        if (!_connections.TryTake(out var connection))
            connection = await SmtpClient.ConnectAsync(_servers.Port, stop);
        await connection.SendAsync(from, to, body, stop);
        _connections.Add(connection);
    }

    // Looks into the mailboxes until everything has come; many of them are looked into less often.
    private static async Task CollectAsync(
        IReadOnlyList<MailOffice> offices,
        int count,
        Func<MailOffice, string, CancellationToken, Task> act,
        CancellationToken stop
    )
    {
        var pause = TimeSpan.FromMilliseconds(offices.Count > 50 ? 30 : 1);
        var acting = new List<Task>();
        while (acting.Count < count)
        {
            foreach (var office in offices)
                acting.AddRange(office.Box.Take().Select(mail => act(office, mail, stop)));
            if (acting.Find(t => t.IsFaulted) is { } failed)
                await failed;
            await Task.Delay(pause, stop);
        }
        await Task.WhenAll(acting);
    }
}

/// <summary>An office that gets mail: the home with its key, its mailbox.</summary>
internal sealed record MailOffice(GnuPg Home, Mailbox Box);
