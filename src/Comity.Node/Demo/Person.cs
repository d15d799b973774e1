using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Comity.Node.Commands;

namespace Comity.Node.Demo;

/// <summary>A person of a node, at a browser without script: signs in by a one-time link, opens pages, sends their forms.</summary>
internal sealed partial class Person : IDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);
    private readonly HttpClient _browser;

    [SuppressMessage(
        "ApiDesign",
        "RS0030",
        Justification = "This client reaches a node of the demonstration on loopback"
    )]
    private Person(Uri node) =>
        _browser = new HttpClient(
            new SocketsHttpHandler { UseProxy = false, ConnectCallback = (_, ct) => LoopbackAsync(node.Port, ct) }
        )
        {
            BaseAddress = node,
        };

    /// <summary>Invites a person and takes them through the link.</summary>
    public static async Task<Person> SignInAsync(DemoNode node, string name, string role, CancellationToken ct)
    {
        var link = new Uri(await node.InviteAsync(name, role, ct));
        var person = new Person(new Uri(node.Url));
        await person.SubmitAsync(
            link.AbsolutePath,
            having: $"action=\"{link.AbsolutePath}\"",
            new Dictionary<string, string>(StringComparer.Ordinal),
            ct
        );
        return person;
    }

    /// <summary>Opens a page and sends one of its forms, as it stands there, with what is typed.</summary>
    /// <param name="path">The page.</param>
    /// <param name="having">An attribute by which the form is known; the last one that has it.</param>
    /// <param name="typed">What is typed, by name of the field.</param>
    /// <param name="ct">Stops waiting.</param>
    public async Task SubmitAsync(
        string path,
        string having,
        IReadOnlyDictionary<string, string> typed,
        CancellationToken ct
    )
    {
        var page = await _browser.GetStringAsync(path, ct);
        var form =
            Forms().Matches(page).Select(m => m.Value).LastOrDefault(f => f.Contains(having, StringComparison.Ordinal))
            ?? throw new CommandException($"The page {path} has no form with {having}.");
        var standing = Inputs()
            .Matches(form)
            .Select(m => (Name: Attribute(m.Value, "name"), Value: Attribute(m.Value, "value")))
            .Where(f => f.Name.Length > 0 && !typed.ContainsKey(f.Name))
            .Select(f => KeyValuePair.Create(f.Name, f.Value));
        using var content = new FormUrlEncodedContent(standing.Concat(typed));
        using var answer = await _browser.PostAsync(Attribute(form, "action"), content, ct);
        if (!answer.IsSuccessStatusCode)
            throw new CommandException($"The form of {path} was not taken: {(int)answer.StatusCode}.");
    }

    public Task SignOutAsync(CancellationToken ct) =>
        SubmitAsync(
            "/desk",
            having: "action=\"/sign-out\"",
            new Dictionary<string, string>(StringComparer.Ordinal),
            ct
        );

    public void Dispose() => _browser.Dispose();

    private static string Attribute(string tag, string name) =>
        WebUtility.HtmlDecode(Regex.Match(tag, $"\\s{name}=\"([^\"]*)\"", RegexOptions.None, Longest).Groups[1].Value);

    // QN.localhost is this machine, whatever its resolver says.
    private static async ValueTask<Stream> LoopbackAsync(int port, CancellationToken ct)
    {
        var connection = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await connection.ConnectAsync(IPAddress.Loopback, port, ct);
            return new NetworkStream(connection, ownsSocket: true);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    [GeneratedRegex("<form\\b.*?</form>", RegexOptions.Singleline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Forms();

    [GeneratedRegex("<input\\b[^>]*>", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Inputs();
}
