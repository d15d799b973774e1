using System.Diagnostics.CodeAnalysis;
using System.Net;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace Comity.App.Tests.Nodes;

/// <summary>What a browser without script does: keeps cookies, follows redirects, sends forms as they stand on a page.</summary>
internal sealed class Browser : IDisposable
{
    private const int MostRedirects = 5;

    [SuppressMessage("ApiDesign", "RS0030", Justification = "This client reaches the node of the test on loopback")]
    public Browser(Uri address, CookieContainer? cookies = null)
    {
        Cookies = cookies ?? new CookieContainer();
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            CookieContainer = Cookies,
        };
        Client = new HttpClient(handler) { BaseAddress = address };
        Client.DefaultRequestHeaders.Add("User-Agent", "TestBrowser/1.0");
    }

    public CookieContainer Cookies { get; }

    /// <summary>The same browser, which the load balancer now leads to another instance.</summary>
    public Browser At(TestNode instance) => new(instance.Door, Cookies);

    /// <summary>For single requests; follows nothing.</summary>
    public HttpClient Client { get; }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Opens a page, and follows where it leads.</summary>
    public async Task<Shown> GoAsync(string path) => await FollowAsync(await Client.GetAsync(Relative(path), Ct), path);

    /// <summary>Sends the form of a page whose action is <paramref name="action"/>, with what stands in it and what is typed.</summary>
    public async Task<Shown> SubmitAsync(Shown page, string action, params (string Name, string Value)[] typed)
    {
        using var content = new FormUrlEncodedContent(page.FieldsOf(action, typed));
        return await FollowAsync(await Client.PostAsync(Relative(action), content, Ct), action);
    }

    /// <summary>Sends a form that stands on no page: no token.</summary>
    public async Task<Shown> PostBareAsync(string path, params (string Name, string Value)[] typed)
    {
        using var content = new FormUrlEncodedContent(typed.Select(t => KeyValuePair.Create(t.Name, t.Value)));
        return await FollowAsync(await Client.PostAsync(Relative(path), content, Ct), path);
    }

    public void Dispose() => Client.Dispose();

    private async Task<Shown> FollowAsync(HttpResponseMessage answer, string path)
    {
        for (var i = 0; i < MostRedirects && answer.Headers.Location is { } next; i++)
        {
            Assert.False(next.IsAbsoluteUri && next.Authority != Client.BaseAddress!.Authority, $"led away to {next}");
            path = next.ToString();
            answer.Dispose();
            answer = await Client.GetAsync(next, Ct);
        }
        using (answer)
            return new Shown(answer.StatusCode, path, await answer.Content.ReadAsStringAsync(Ct));
    }

    private static Uri Relative(string path) => new(path, UriKind.Relative);
}

/// <summary>A page as the browser got it.</summary>
internal sealed record Shown(HttpStatusCode Status, string Path, string Text)
{
    public IHtmlDocument Document => field ??= new HtmlParser().ParseDocument(Text);

    public string Heading => Document.QuerySelector("h1")?.TextContent.Trim() ?? "";

    /// <summary>What a form would send: its fields as they stand, and what is typed over them.</summary>
    public IEnumerable<KeyValuePair<string, string>> FieldsOf(string action, params (string Name, string Value)[] typed)
    {
        var form =
            Document.Forms.FirstOrDefault(f => f.GetAttribute("action") == action)
            ?? throw new InvalidOperationException($"No form on {Path} is sent to {action}:\n{Text}");
        var names = typed.Select(t => t.Name).ToHashSet(StringComparer.Ordinal);
        return Standing(form)
            .Where(f => !names.Contains(f.Key))
            .Concat(typed.Select(t => KeyValuePair.Create(t.Name, t.Value)));
    }

    private static IEnumerable<KeyValuePair<string, string>> Standing(IHtmlFormElement form)
    {
        foreach (var element in form.Elements)
            switch (element)
            {
                case IHtmlInputElement { Type: "checkbox" or "radio", IsChecked: false }
                or IHtmlInputElement { Name: null or "" }:
                    break;
                case IHtmlInputElement input:
                    yield return KeyValuePair.Create(input.Name!, input.Value);
                    break;
                case IHtmlTextAreaElement { Name.Length: > 0 } text:
                    yield return KeyValuePair.Create(text.Name!, text.Value);
                    break;
                case IHtmlSelectElement { Name.Length: > 0, Value: { } chosen } select:
                    yield return KeyValuePair.Create(select.Name!, chosen);
                    break;
            }
    }
}
