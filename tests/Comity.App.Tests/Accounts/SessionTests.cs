using System.Net;
using Comity.Accounts.Data;
using Comity.App.Tests.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;

namespace Comity.App.Tests.Accounts;

public sealed class SessionTests
{
    private const string Led = "/sign-in?return=%2Faccount";
    private static readonly DateTimeOffset Begin = new(2026, 5, 4, 8, 0, 0, TimeSpan.Zero);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_person_sees_their_sessions_and_ends_the_others()
    {
        await using var node = await TestNode.StartAsync(Store.Sqlite, NodePlan.OfPeople);
        using var one = await node.SignInAsync("Person One");
        using var two = await JoinAsync(node, await PersonAsync(node));
        using var three = await JoinAsync(node, await PersonAsync(node));
        var page = await one.GoAsync("/account");
        Assert.Equal(3, page.Document.QuerySelectorAll("tbody tr").Length);
        Assert.Contains("TestBrowser/1.0", page.Text, StringComparison.Ordinal);
        var single = page
            .Document.Forms.Select(f => f.GetAttribute("action")!)
            .First(a => a.EndsWith("/end", StringComparison.Ordinal));
        page = await one.SubmitAsync(page, single);
        Assert.Equal(2, page.Document.QuerySelectorAll("tbody tr").Length);
        page = await one.SubmitAsync(page, "/account/sessions/end-others");
        Assert.Single(page.Document.QuerySelectorAll("tbody tr"));
        Assert.Equal(Led, (await two.GoAsync("/account")).Path);
        Assert.Equal(Led, (await three.GoAsync("/account")).Path);
    }

    [Theory]
    [InlineData(Store.Sqlite)]
    [InlineData(Store.Postgres)]
    public async Task Whoever_signs_out_is_out_even_with_a_kept_cookie(Store store)
    {
        await using var node = await TestNode.StartAsync(store, NodePlan.OfPeople);
        using var browser = await node.SignInAsync("Person One");
        using var copy = WithCookie(node, SessionCookieOf(node, browser));
        Assert.Equal("Your account", (await copy.GoAsync("/account")).Heading);
        var after = await browser.SubmitAsync(await browser.GoAsync("/account"), "/sign-out");
        Assert.Equal("/sign-in", after.Path);
        Assert.Equal(Led, (await browser.GoAsync("/account")).Path);
        Assert.Equal(Led, (await copy.GoAsync("/account")).Path);
    }

    [Fact]
    public async Task Somebody_elses_session_is_as_if_it_were_not_there()
    {
        await using var node = await TestNode.StartAsync(Store.Sqlite, NodePlan.OfPeople);
        using var victim = await node.SignInAsync("Person One");
        using var attacker = await node.SignInAsync("Person Two");
        Guid foreign;
        await using (var db = node.OpenDatabase())
            foreign = await db.Set<Session>().OrderBy(s => s.Created).Select(s => s.Id).FirstAsync(Ct);
        var page = await attacker.GoAsync("/account");
        Assert.DoesNotContain(foreign.ToString("N"), page.Text, StringComparison.Ordinal);
        var token = page.FieldsOf("/sign-out").Single();
        var refused = await attacker.PostBareAsync($"/account/sessions/{foreign:N}/end", (token.Key, token.Value));
        Assert.Equal(HttpStatusCode.NotFound, refused.Status);
        await attacker.SubmitAsync(page, "/sign-out");
        Assert.Equal("Your account", (await victim.GoAsync("/account")).Heading);
    }

    [Theory]
    [InlineData("id")]
    [InlineData("secret")]
    [InlineData("none")]
    [InlineData("garbage")]
    [InlineData("long")]
    public async Task A_forged_cookie_is_nobodys(string how)
    {
        await using var node = await TestNode.StartAsync(Store.Sqlite, NodePlan.OfPeople);
        using var browser = await node.SignInAsync("Person One");
        var real = SessionCookieOf(node, browser);
        var (id, secret) = (real.Value.Split('.')[0], real.Value.Split('.')[1]);
        var forged = how switch
        {
            "id" => $"{Guid.CreateVersion7():N}.{secret}",
            "secret" => $"{id}.{new string('A', secret.Length)}",
            "none" => $"{id}.",
            "garbage" => "%00.%ff..",
            _ => $"{id}.{new string('A', 3000)}",
        };
        using var forger = WithCookie(node, new Cookie(real.Name, forged));
        Assert.Equal(Led, (await forger.GoAsync("/account")).Path);
    }

    [Fact]
    public async Task A_session_that_was_there_before_is_never_taken_over()
    {
        await using var node = await TestNode.StartAsync(Store.Sqlite, NodePlan.OfPeople);
        using var attacker = await node.SignInAsync("Person Two");
        var planted = SessionCookieOf(node, attacker);
        // The victim's browser has the attacker's cookie when the victim signs in.
        using var victim = WithCookie(node, planted);
        var link = await node.InviteAsync("Person One");
        var account = await victim.SubmitAsync(await victim.GoAsync(link), link);
        Assert.Contains("Person One", account.Text, StringComparison.Ordinal);
        Assert.NotEqual(planted.Value, SessionCookieOf(node, victim).Value);
        Assert.Equal(Led, (await attacker.GoAsync("/account")).Path);
    }

    [Fact]
    public async Task A_cookie_counts_on_pages_and_not_on_the_api()
    {
        await using var node = await TestNode.StartAsync(Store.Sqlite, NodePlan.OfPeople);
        using var browser = await node.SignInAsync("Person One", "QM/technical", "operator");
        using var read = await browser.Client.GetAsync(new Uri("/api/v1/accounts", UriKind.Relative), Ct);
        Assert.Equal(HttpStatusCode.Forbidden, read.StatusCode);
        using var body = new StringContent(
            """{"name":"x","offices":["QM/technical"],"roles":["operator"]}""",
            null,
            "application/json"
        );
        using var write = await browser.Client.PostAsync(
            new Uri("/api/v1/accounts/invite", UriKind.Relative),
            body,
            Ct
        );
        Assert.Equal(HttpStatusCode.Forbidden, write.StatusCode);
        await using var db = node.OpenDatabase();
        Assert.Equal(1, await db.Set<Person>().CountAsync(Ct));
    }

    [Fact]
    public async Task A_cookie_of_another_node_is_nobodys()
    {
        await using var node = await TestNode.StartAsync(Store.Sqlite, NodePlan.OfPeople);
        await using var other = await TestNode.StartAsync(Store.Sqlite, NodePlan.OfPeople);
        using var browser = await node.SignInAsync("Person One");
        var cookie = SessionCookieOf(node, browser);
        using var straight = WithCookie(other, cookie);
        Assert.Equal(Led, (await straight.GoAsync("/account")).Path);
        using var renamed = await other.SignInAsync("Person Two");
        var name = SessionCookieOf(other, renamed).Name;
        Assert.NotEqual(cookie.Name, name);
        using var forger = WithCookie(other, new Cookie(name, cookie.Value));
        Assert.Equal(Led, (await forger.GoAsync("/account")).Path);
    }

    [Fact]
    public async Task A_session_ends_after_twelve_idle_hours_and_after_a_week()
    {
        var clock = new FakeTimeProvider(Begin);
        await using var node = await TestNode.StartAsync(Store.Sqlite, NodePlan.OfPeople with { Clock = clock });
        using var busy = await node.SignInAsync("Person One");
        using var idle = await node.SignInAsync("Person Two");
        for (var hours = 0; hours < 7 * 24 - 6; hours += 6)
        {
            clock.Advance(TimeSpan.FromHours(6));
            Assert.Equal("Your account", (await busy.GoAsync("/account")).Heading);
        }
        Assert.Equal(Led, (await idle.GoAsync("/account")).Path);
        clock.Advance(TimeSpan.FromHours(6));
        Assert.Equal(Led, (await busy.GoAsync("/account")).Path);
    }

    [Fact]
    public async Task Whoever_is_in_stays_in_while_there_is_no_room_to_write_when_they_were_seen()
    {
        var (clock, gate) = (new FakeTimeProvider(Begin), new NarrowGate());
        await using var node = await TestNode.StartAsync(
            Store.Sqlite,
            gate.Of(NodePlan.OfPeople with { Clock = clock })
        );
        using var browser = await node.SignInAsync("Person One");
        gate.IsFull = true;
        clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal("Your account", (await browser.GoAsync("/account")).Heading);
    }

    [Fact]
    public async Task A_form_made_before_signing_in_is_not_taken_afterwards()
    {
        await using var node = await TestNode.StartAsync(Store.Sqlite, NodePlan.OfPeople);
        var link = await node.InviteAsync("Person One");
        using var browser = node.Browse();
        var before = await browser.GoAsync(link);
        await browser.SubmitAsync(before, link);
        var token = before.FieldsOf("/language").Single(f => f.Key.StartsWith("__", StringComparison.Ordinal));
        var refused = await browser.PostBareAsync("/sign-out", (token.Key, token.Value));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Equal("Your account", (await browser.GoAsync("/account")).Heading);
    }

    [Fact]
    public async Task The_cookie_is_out_of_reach_of_scripts_and_of_other_sites()
    {
        await using var node = await TestNode.StartAsync(Store.Sqlite, NodePlan.OfPeople);
        var link = await node.InviteAsync("Person One");
        using var browser = node.Browse();
        var page = await browser.GoAsync(link);
        using var content = new FormUrlEncodedContent(page.FieldsOf(link));
        using var answer = await browser.Client.PostAsync(new Uri(link, UriKind.Relative), content, Ct);
        var set = answer
            .Headers.GetValues("Set-Cookie")
            .Single(c => c.StartsWith("comity-session", StringComparison.Ordinal));
        Assert.Contains("httponly", set, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", set, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("domain=", set, StringComparison.OrdinalIgnoreCase);
    }

    private static Cookie SessionCookieOf(TestNode node, Browser browser) =>
        browser
            .Cookies.GetCookies(node.Address)
            .Single(c => c.Name.StartsWith("comity-session", StringComparison.Ordinal));

    private static Browser WithCookie(TestNode node, Cookie cookie)
    {
        var browser = node.Browse();
        browser.Cookies.SetCookies(node.Address, $"{cookie.Name}={cookie.Value}; path=/");
        return browser;
    }

    private static async Task<Guid> PersonAsync(TestNode node)
    {
        await using var db = node.OpenDatabase();
        return await db.Set<Person>().Select(p => p.Id).SingleAsync(Ct);
    }

    /// <summary>A second browser of the same person: their link was made anew by the operator.</summary>
    private static async Task<Browser> JoinAsync(TestNode node, Guid person)
    {
        var link = await SecondLink.MakeAsync(node, person);
        var browser = node.Browse();
        await browser.SubmitAsync(await browser.GoAsync(link), link);
        return browser;
    }
}
