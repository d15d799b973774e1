using System.Net;
using System.Text;
using Comity.App.Tests.Nodes;
using Comity.Directory.Data;
using Comity.Kernel.Viewing;
using Comity.Kernel.Writing;
using Comity.Node.Commands;
using Comity.Protocol;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Comity.App.Tests.Directory;

/// <summary>What people do on the pages of the directory.</summary>
public sealed class ActingTests
{
    private const string Confirm = "/directory/confirm/QZ";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_people_who_write_down_what_they_hear_confirm_a_key()
    {
        await using var network = await Network.FollowedAsync();
        using var one = await network.State.SignInAsync("Person One", "QM/technical", "duty-officer");
        using var two = await network.State.SignInAsync("Person Two", "QM/policy", "analyst");
        var heard = (await network.CardAsync("QZ/technical")).ParticipantFingerprint;
        var form = await one.GoAsync(Confirm);
        Assert.DoesNotContain(heard[^8..], form.Text, StringComparison.Ordinal);

        var first = await one.SubmitAsync(form, Confirm, ("fingerprint", Grouped(heard).ToLowerInvariant()));
        var second = await two.SubmitAsync(await two.GoAsync(Confirm), Confirm, ("fingerprint", heard));

        Assert.Contains("It takes a second person.", first.Text, StringComparison.Ordinal);
        Assert.Contains("it is confirmed.", second.Text, StringComparison.Ordinal);
        Assert.Contains("Person One", second.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("not confirmed", second.Text, StringComparison.Ordinal);
        Assert.True((await network.CardAsync("QZ/technical")).Confirmed);
        Assert.Null((await one.GoAsync("/directory/QZ")).Document.QuerySelector($"a[href='{Confirm}']"));
    }

    [Fact]
    public async Task A_fingerprint_that_differs_confirms_nothing_and_is_said_in_the_readers_language()
    {
        await using var network = await Network.FollowedAsync();
        using var browser = await network.State.SignInAsync("Person One", "QM/technical", "duty-officer");
        browser.Client.DefaultRequestHeaders.Add("Accept-Language", "es");
        var typed = new string('A', 40);

        var answer = await browser.SubmitAsync(await browser.GoAsync(Confirm), Confirm, ("fingerprint", typed));

        Assert.Equal(HttpStatusCode.Conflict, answer.Status);
        var summary = answer.Document.QuerySelector(".error-summary")!.TextContent;
        Assert.Contains("QZ", summary, StringComparison.Ordinal);
        Assert.DoesNotContain("fingerprint", summary, StringComparison.Ordinal);
        Assert.Equal(typed, answer.Document.QuerySelector("#f-fingerprint")!.GetAttribute("value"));
        Assert.False((await network.CardAsync("QZ/technical")).Confirmed);
    }

    [Fact]
    public async Task A_manager_sees_what_an_entry_says_before_admitting_it_and_publishes()
    {
        await using var network = await Network.SetUpAsync();
        using var state = await network.State.SignInAsync("Person One", "QM/technical", "operator");
        using var manager = await network.Manager.SignInAsync("Person Two", "QZ/technical", "directory-manager");
        var file = await state.Client.GetByteArrayAsync(new Uri("/directory/own-entry", UriKind.Relative), Ct);

        var seen = await UploadAsync(manager, file);
        Assert.Equal(HttpStatusCode.OK, seen.Status);
        Assert.Contains(
            "QM/diplomatic",
            seen.Document.QuerySelector(".confirm")!.TextContent,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("QM/technical", (await manager.GoAsync("/directory")).Text, StringComparison.Ordinal);
        var admitted = await manager.SubmitAsync(seen, "/directory/admit", ("confirmed", "true"));
        var asked = await manager.GoAsync("/directory/publish");
        var published = await manager.SubmitAsync(asked, "/directory/publish", ("confirmed", "true"));

        Assert.Contains("QM is admitted", admitted.Text, StringComparison.Ordinal);
        Assert.Contains(
            "is published.",
            published.Document.QuerySelector(".notice-done")!.TextContent,
            StringComparison.Ordinal
        );
        var follow = await state.SubmitAsync(
            await state.GoAsync("/directory/follow"),
            "/directory/follow",
            ("url", network.Manager.Address.AbsoluteUri),
            ("root", network.Root["sha256:".Length..])
        );
        Assert.Contains(
            "Directory QZ was verified",
            follow.Document.QuerySelector(".notice-done")!.TextContent,
            StringComparison.Ordinal
        );
        var polled = await state.SubmitAsync(follow, "/directory/poll");
        Assert.Equal(("/directory", HttpStatusCode.OK), (polled.Path, polled.Status));
    }

    [Fact]
    public async Task What_is_not_an_entry_is_not_admitted_and_the_page_says_why()
    {
        await using var network = await Network.SetUpAsync();
        using var manager = await network.Manager.SignInAsync("Person Two", "QZ/technical", "directory-manager");

        var nothing = await UploadAsync(manager, []);
        var other = await UploadAsync(manager, Encoding.UTF8.GetBytes("{}"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, nothing.Status);
        Assert.NotNull(nothing.Document.QuerySelector(".error-summary a[href='#f-file']"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, other.Status);
        Assert.Contains("This file is not an entry", other.Text, StringComparison.Ordinal);
        var directory = (await manager.GoAsync("/directory")).Document;
        Assert.DoesNotContain("QM", directory.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_root_is_not_followed_and_what_was_typed_stays()
    {
        await using var network = await Network.FollowedAsync();
        using var browser = await network.State.SignInAsync("Person One", "QM/technical", "operator");
        var typed = ("url", network.Manager.Address.AbsoluteUri);
        var page = await browser.GoAsync("/directory/follow");

        var malformed = await browser.SubmitAsync(page, "/directory/follow", typed, ("root", "12 34"));
        var other = await browser.SubmitAsync(page, "/directory/follow", typed, ("root", new string('a', 64)));

        Assert.NotNull(malformed.Document.QuerySelector(".error-summary a[href='#f-root']"));
        Assert.Equal("12 34", malformed.Document.QuerySelector("#f-root")!.GetAttribute("value"));
        Assert.Equal(HttpStatusCode.Conflict, other.Status);
        Assert.Contains("Nothing of it is used", other.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_changed_key_that_waits_for_people_is_shown_with_its_fingerprint()
    {
        await using var network = await Network.FollowedAsync();
        await using var other = await TestNode.StartAsync(Store.Sqlite);
        await Network.SetUpAsync(other, "QZ", manager: false);
        var entry = await other.Operator.GetBytesAsync("directory/own-entry", Ct);
        var held = await HoldAsync(network.State, entry);
        using var browser = await network.State.SignInAsync("Person One", "QM/technical", "duty-officer");

        var all = (await browser.GoAsync("/directory")).Document.Body!.TextContent;
        var page = (await browser.GoAsync("/directory/QZ")).Document;

        Assert.Contains("a change waits for people", all, StringComparison.Ordinal);
        Assert.Contains(
            "The participant key has changed",
            page.QuerySelector(".notice-fault")!.TextContent,
            StringComparison.Ordinal
        );
        Assert.Contains(Grouped(held), page.Body!.TextContent, StringComparison.Ordinal);
        Assert.NotNull(page.QuerySelector($"a[href='{Confirm}']"));
    }

    /// <summary>As the poller does where a followed directory shows an entry under another key.</summary>
    private static async Task<string> HoldAsync(TestNode node, byte[] octets)
    {
        var entry = Protocol.Directories.EntryCheck.Check(octets, TimeProvider.System.GetUtcNow().UtcDateTime).Entry!;
        await node
            .Services.GetRequiredService<WriteGate>()
            .WriteAsync(
                Viewer.System("test"),
                async (db, ct) =>
                {
                    db.Add(
                        new EntryVersion(
                            Guid.CreateVersion7(),
                            entry,
                            "directory:QZ",
                            TimeProvider.System.GetUtcNow().UtcDateTime
                        )
                    );
                    var code = ParticipantCode.Parse("QZ");
                    var there = await db.Set<FollowedEntry>().SingleAsync(e => e.Participant == code, ct);
                    there.Hold(there.Current, entry.Source.Digest, listed: true);
                    await RollStamp.TouchAsync(db, TimeProvider.System, ct);
                },
                Ct
            );
        return entry.Fingerprint;
    }

    private static async Task<Shown> UploadAsync(Browser browser, byte[] octets)
    {
        var page = await browser.GoAsync("/directory/admit");
        using var content = new MultipartFormDataContent();
        foreach (var (name, value) in page.FieldsOf("/directory/admit").Where(f => f.Key != "file"))
            content.Add(new StringContent(value), name);
        content.Add(new ByteArrayContent(octets), "file", "entry.json");
        using var answer = await browser.Client.PostAsync(new Uri("/directory/admit", UriKind.Relative), content, Ct);
        return new Shown(answer.StatusCode, "/directory/admit", await answer.Content.ReadAsStringAsync(Ct));
    }

    private static string Grouped(string digits) =>
        string.Join(' ', digits.Chunk(4).Select(group => new string(group)));
}
