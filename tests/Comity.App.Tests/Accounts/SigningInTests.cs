using System.Net;
using Comity.Accounts.Data;
using Comity.Accounts.SigningIn;
using Comity.App.Tests.Nodes;
using Comity.Node.Commands;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;

namespace Comity.App.Tests.Accounts;

public sealed class SigningInTests
{
    private static readonly DateTimeOffset Begin = new(2026, 5, 4, 8, 0, 0, TimeSpan.Zero);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Store.Sqlite)]
    [InlineData(Store.Postgres)]
    public async Task A_link_signs_its_person_in(Store store)
    {
        await using var node = await TestNode.StartAsync(store, NodePlan.OfPeople);
        var link = await node.InviteAsync("Person One");
        using var browser = node.Browse();
        var page = await browser.GoAsync(link);
        Assert.Equal("Sign in as Person One", page.Heading);
        Assert.Contains("QM/technical", page.Text, StringComparison.Ordinal);
        var account = await browser.SubmitAsync(page, link);
        Assert.Equal(("/account", "Your account"), (account.Path, account.Heading));
        Assert.Equal("QM", account.Document.QuerySelector(".participant .code")?.TextContent);
        Assert.Contains("Person One", account.Document.QuerySelector(".reader")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Opening_a_link_uses_nothing_up()
    {
        await using var node = await TestNode.StartAsync(Store.Sqlite, NodePlan.OfPeople);
        var link = await node.InviteAsync("Person One");
        for (var scanner = 0; scanner < 5; scanner++)
        {
            using var scanning = node.Browse();
            Assert.Equal(HttpStatusCode.OK, (await scanning.GoAsync(link)).Status);
        }
        using var browser = node.Browse();
        var page = await browser.GoAsync(link);
        Assert.Equal("/account", (await browser.SubmitAsync(page, link)).Path);
    }

    [Theory]
    [InlineData(Store.Sqlite)]
    [InlineData(Store.Postgres)]
    public async Task A_link_works_once(Store store)
    {
        await using var node = await TestNode.StartAsync(store, NodePlan.OfPeople);
        var link = await node.InviteAsync("Person One");
        using var first = node.Browse();
        using var second = node.Browse();
        var (one, two) = (await first.GoAsync(link), await second.GoAsync(link));
        Assert.Equal("/account", (await first.SubmitAsync(one, link)).Path);
        var refused = await second.SubmitAsync(two, link);
        Assert.Equal((HttpStatusCode.NotFound, "This link does not work"), (refused.Status, refused.Heading));
        Assert.Equal("/sign-in?return=%2Faccount", (await second.GoAsync("/account")).Path);
    }

    [Theory]
    [InlineData(Store.Sqlite)]
    [InlineData(Store.Postgres)]
    public async Task Two_who_press_at_once_are_not_both_let_in(Store store)
    {
        await using var node = await TestNode.StartAsync(store, NodePlan.OfPeople);
        var link = await node.InviteAsync("Person One");
        var browsers = Enumerable.Range(0, 6).Select(_ => node.Browse()).ToList();
        var pages = await Task.WhenAll(browsers.Select(b => b.GoAsync(link)));
        var after = await Task.WhenAll(browsers.Select((b, i) => b.SubmitAsync(pages[i], link)));
        Assert.Single(after, page => page.Path == "/account");
        browsers.ForEach(b => b.Dispose());
    }

    [Fact]
    public async Task Unknown_used_and_expired_links_cannot_be_told_apart()
    {
        var clock = new FakeTimeProvider(Begin);
        await using var node = await TestNode.StartAsync(Store.Sqlite, NodePlan.OfPeople with { Clock = clock });
        var (used, expired) = (await node.InviteAsync("Person One"), await node.InviteAsync("Person Two"));
        using var browser = node.Browse();
        await browser.SubmitAsync(await browser.GoAsync(used), used);
        clock.Advance(TimeSpan.FromHours(1));
        using var other = node.Browse();
        var pages = new List<Shown>();
        foreach (var link in new[] { used, expired, "/sign-in/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "/sign-in/no!token" })
            pages.Add(await other.GoAsync(link));
        Assert.All(pages, p => Assert.Equal(HttpStatusCode.NotFound, p.Status));
        // But for the address and the form token of the language switch, the pages are the same to the letter.
        Assert.Single(pages.Take(3).Select(p => p.Document.QuerySelector("main")!.OuterHtml).Distinct());
    }

    [Fact]
    public async Task The_page_of_a_link_that_was_open_for_too_long_asks_again()
    {
        await using var node = await TestNode.StartAsync(Store.Sqlite, NodePlan.OfPeople);
        var link = await node.InviteAsync("Person One");
        using var browser = node.Browse();
        var again = await browser.PostBareAsync(link, ("return", "/account?from=mail"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, again.Status);
        Assert.Contains("open for too long", again.Text, StringComparison.Ordinal);
        Assert.Contains("/account?from=mail", again.FieldsOf(link).Select(f => f.Value));
        Assert.Equal("/account?from=mail", (await browser.SubmitAsync(again, link)).Path);
    }

    [Fact]
    public async Task What_is_longer_than_allowed_comes_back_as_it_was_typed()
    {
        await using var node = await TestNode.StartAsync(Store.Sqlite, NodePlan.OfPeople);
        var link = await node.InviteAsync("Person One");
        using var browser = node.Browse();
        var typed = "/" + new string('x', 2048);
        var again = await browser.SubmitAsync(await browser.GoAsync(link), link, ("return", typed));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, again.Status);
        Assert.Contains("This is longer than allowed.", again.Text, StringComparison.Ordinal);
        Assert.Equal("/account", (await browser.SubmitAsync(again, link, ("return", ""))).Path);
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/")]
    [InlineData("/\\evil.example/")]
    [InlineData("\\\\evil.example/")]
    [InlineData("/\tevil")]
    [InlineData("javascript:alert(1)")]
    [InlineData("account")]
    [InlineData("/sign-in/again")]
    [InlineData("")]
    public async Task Nobody_is_led_away_after_signing_in(string elsewhere)
    {
        await using var node = await TestNode.StartAsync(Store.Sqlite, NodePlan.OfPeople);
        var link = await node.InviteAsync("Person One");
        using var browser = node.Browse();
        var page = await browser.GoAsync(link + "?return=" + Uri.EscapeDataString(elsewhere));
        var after = await browser.SubmitAsync(page, link, ("return", elsewhere));
        Assert.Equal("/account", after.Path);
    }

    [Fact]
    public async Task A_link_cannot_be_found_in_the_log_or_in_the_database()
    {
        await using var node = await TestNode.StartAsync(Store.Sqlite, NodePlan.OfPeople);
        var link = await node.InviteAsync("Person One");
        using var browser = node.Browse();
        await browser.SubmitAsync(await browser.GoAsync(link), link);
        var token = link["/sign-in/".Length..];
        Assert.DoesNotContain(token, node.Log, StringComparison.Ordinal);
        await using var db = node.OpenDatabase();
        var kept = (await db.Set<Invitation>().SingleAsync(Ct)).Token;
        Assert.NotEqual(token, kept);
        Assert.Equal(64, kept.Length);
    }

    [Fact]
    public async Task One_address_tries_so_many_links_a_minute_and_no_more()
    {
        await using var node = await TestNode.StartAsync(Store.Sqlite, NodePlan.OfPeople);
        using var browser = node.Browse();
        var statuses = new List<HttpStatusCode>();
        for (var i = 0; i < SignInLimit.PerMinute + 5; i++)
            statuses.Add((await browser.GoAsync($"/sign-in/{i:D32}")).Status);
        Assert.Equal(SignInLimit.PerMinute, statuses.Count(s => s == HttpStatusCode.NotFound));
        Assert.Equal(HttpStatusCode.TooManyRequests, statuses[^1]);
        // The page that says how to get a link stays open to everybody.
        Assert.Equal(HttpStatusCode.OK, (await browser.GoAsync("/sign-in")).Status);
    }

    [Fact]
    public async Task What_a_program_posts_is_held_to_the_rules_of_its_request()
    {
        await using var node = await TestNode.StartAsync(Store.Sqlite, NodePlan.OfPeople);
        var refused = await Assert.ThrowsAsync<CommandException>(() => node.InviteAsync(new string('n', 201)));
        Assert.Contains("name: This is longer than allowed.", refused.Message, StringComparison.Ordinal);
        await using var db = node.OpenDatabase();
        Assert.False(await db.Set<Person>().AnyAsync(Ct));
    }

    [Theory]
    [InlineData("QN/technical", "analyst", "QN/technical is not an office of this node")]
    [InlineData("QM/technical", "king", "The roles are:")]
    public async Task An_invitation_that_makes_no_sense_makes_nothing(string office, string role, string sentence)
    {
        await using var node = await TestNode.StartAsync(Store.Sqlite, NodePlan.OfPeople);
        var refused = await Assert.ThrowsAsync<CommandException>(() => node.InviteAsync("Person One", office, role));
        Assert.Contains(sentence, refused.Message, StringComparison.Ordinal);
        await using var db = node.OpenDatabase();
        Assert.False(await db.Set<Person>().AnyAsync(Ct));
    }

    [Theory]
    [InlineData("ar", "rtl")]
    [InlineData("zh", "ltr")]
    public async Task The_way_in_speaks_the_readers_language(string language, string direction)
    {
        await using var node = await TestNode.StartAsync(Store.Sqlite, NodePlan.OfPeople);
        using var browser = node.Browse();
        browser.Client.DefaultRequestHeaders.Add("Accept-Language", language);
        var page = await browser.GoAsync("/sign-in");
        Assert.Equal(direction, page.Document.DocumentElement.GetAttribute("dir"));
        Assert.NotEqual("Sign in", page.Heading);
    }
}
