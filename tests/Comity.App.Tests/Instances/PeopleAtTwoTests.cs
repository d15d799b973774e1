using System.Net;
using Comity.Accounts.Data;
using Comity.App.Tests.Nodes;
using Microsoft.EntityFrameworkCore;

namespace Comity.App.Tests.Instances;

/// <summary>People in front of a load balancer: each of their requests may come to the one instance or to the other.</summary>
public sealed class PeopleAtTwoTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whoever_signed_in_at_one_instance_is_signed_in_at_the_other_and_out_at_both()
    {
        await using var two = await TwoNodes.StartAsync(NodePlan.OfQm);
        using var here = await two.One.SignInAsync("Person One");
        using var there = here.At(two.Other);
        Assert.Equal("Your account", (await there.GoAsync("/account")).Heading);
        await there.SubmitAsync(await there.GoAsync("/account"), "/sign-out");
        Assert.StartsWith("/sign-in", (await here.GoAsync("/account")).Path, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_that_one_instance_showed_the_other_takes()
    {
        await using var two = await TwoNodes.StartAsync(NodePlan.OfQm);
        using var here = await two.One.SignInAsync("Person One");
        using var there = here.At(two.Other);
        foreach (var (shows, takes) in new[] { (here, there), (there, here) })
        {
            var page = await shows.GoAsync("/account");
            var after = await takes.SubmitAsync(page, "/language", ("language", "fr"));
            Assert.Equal("fr", after.Document.DocumentElement.GetAttribute("lang"));
            await takes.SubmitAsync(after, "/language", ("language", "en"));
        }
    }

    [Fact]
    public async Task A_link_that_is_used_at_two_instances_at_the_same_moment_lets_one_in()
    {
        await using var two = await TwoNodes.StartAsync(NodePlan.OfQm);
        var link = await two.One.InviteAsync("Person One");
        using var one = two.One.Browse();
        using var other = two.Other.Browse();
        var (first, second) = (await one.GoAsync(link), await other.GoAsync(link));
        var after = await Meeting.AtAsync(
            two.Database,
            "accounts_invitation",
            () => one.SubmitAsync(first, link),
            () => other.SubmitAsync(second, link)
        );
        Assert.Single(after, page => page.Path != link);
        Assert.Equal(HttpStatusCode.NotFound, Assert.Single(after, page => page.Path == link).Status);
        await using var db = two.One.OpenDatabase();
        Assert.Equal(1, await db.Set<Session>().CountAsync(Ct));
    }
}
