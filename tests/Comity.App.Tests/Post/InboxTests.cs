using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using Comity.Kernel.Data;
using Comity.Kernel.Viewing;
using Comity.Post;
using Comity.Post.Data;
using Comity.Post.HttpSignatures;
using Comity.Post.Receiving;
using Comity.Protocol.Signing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Comity.App.Tests.Post;

/// <summary>What a stranger, and a peer that misbehaves, get to see.</summary>
public sealed class InboxTests : IAsyncLifetime
{
    private static readonly byte[] Octets = "sealed"u8.ToArray();
    private readonly PostNode node = new();
    private readonly NodeKey peer = NodeKey.Create();
    private readonly NodeKey stranger = NodeKey.Create();
    private HttpClient client = null!;

    public async ValueTask InitializeAsync()
    {
        node.Known[peer.PublicKey] = new Uri("https://qm.example/");
        node.Quotas = new() { Messages = new(20, TimeSpan.FromMinutes(30)) };
        await node.StartAsync();
        client = node.Services.GetRequiredService<IHttpClientFactory>().CreateClient(PostModule.PeerClientName);
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await node.DisposeAsync();
        peer.Dispose();
        stranger.Dispose();
    }

    [Fact]
    public async Task Every_refusal_is_the_same_outside_and_has_its_reason_inside()
    {
        var replayed = Signed(peer);
        var again = Copy(replayed);
        using var first = await client.SendAsync(replayed);
        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        node.Came.Clear();
        node.Answer = _ => new Reception.Refused("recipient-wrong", null);
        (string Reason, HttpRequestMessage Request)[] hostile =
        [
            ("signature-missing", Signed(peer, change: r => r.Headers.Remove("Signature"))),
            ("key-unknown", Signed(stranger)),
            ("signature-wrong", Signed(peer, change: r => r.Headers.Replace("Content-Digest", Digest("other"u8)))),
            ("digest-wrong", Signed(peer, body: "seal3d"u8.ToArray())),
            ("content-type-wrong", Signed(peer, change: r => r.Content!.Headers.ContentType = new("text/html"))),
            ("replayed", again),
            ("recipient-wrong", Signed(peer)),
        ];
        var answers = new List<string>();
        foreach (var (_, request) in hostile)
        {
            using var response = await client.SendAsync(request);
            answers.Add(await Seen(response));
        }

        Assert.StartsWith("403", Assert.Single(answers.Distinct()), StringComparison.Ordinal);
        var refusals = await node.AskAsync(q => q.RefusalsAsync(100, CancellationToken.None));
        Assert.Equal(hostile.Select(h => h.Reason), refusals.Select(line => line.Reason).Reverse());
        Assert.Equal([Octets], node.Came);
    }

    [Fact]
    public async Task A_peer_that_sends_too_much_is_put_off_and_told_for_how_long()
    {
        HttpResponseMessage? last = null;
        for (var i = 0; i < 21 && last is not { StatusCode: HttpStatusCode.TooManyRequests }; i++)
        {
            last?.Dispose();
            last = await client.SendAsync(Signed(peer));
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, last!.StatusCode);
        Assert.InRange(last.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(90));
        last.Dispose();

        using var other = NodeKey.Create();
        node.Known[other.PublicKey] = new Uri("https://qp.example/");
        using var response = await client.SendAsync(Signed(other));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task A_return_is_taken_at_its_own_door_and_answered_by_nothing()
    {
        using var response = await client.SendAsync(Signed(peer, PeerRoutes.Returns, PeerRoutes.DocumentType));

        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.Equal([Octets], node.Came);
    }

    [Fact]
    public async Task A_fault_at_the_recipient_is_an_answer_to_try_again()
    {
        node.Answer = _ => throw new InvalidOperationException();

        using var response = await client.SendAsync(Signed(peer));

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
    }

    [Fact]
    public async Task A_flood_of_refusals_fills_neither_the_table_nor_anybody_elses_part_of_it()
    {
        var clock = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(new(2026, 3, 1, 3, 0, 0, TimeSpan.Zero));
        var log = ActivatorUtilities.CreateInstance<RefusalLog>(node.Services, clock);
        var known = (await node.FindAsync(peer.PublicKey, CancellationToken.None))!;
        await log.WriteAsync(new("/x", "first", peer.PublicKey, known), CancellationToken.None);
        await node.WriteAsync(
            (database, _) =>
            {
                database.AddRange(Enumerable.Range(0, RefusalLog.KeptOfStrangers).Select(i => Earlier(clock, i)));
                return Task.CompletedTask;
            }
        );
        for (var i = 0; i < 10; i++)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            await log.WriteAsync(new("/x", "flood", stranger.PublicKey), CancellationToken.None);
        }

        await using var db = node.Services.GetRequiredService<AppDbFactory>().Open(Viewer.System("test"));
        Assert.Equal(RefusalLog.KeptOfStrangers, await db.Set<Refusal>().CountAsync(r => !r.Verified));
        Assert.Equal(10, await db.Set<Refusal>().CountAsync(r => r.Reason == "flood"));
        Assert.Equal("first", (await db.Set<Refusal>().SingleAsync(r => r.Verified)).Reason);

        for (var i = 0; i < 1000; i++)
        {
            await log.WriteAsync(new("/x", "burst", stranger.PublicKey), CancellationToken.None);
        }

        Assert.InRange(await db.Set<Refusal>().CountAsync(r => r.Reason == "burst"), 1, 60);
    }

    private static Refusal Earlier(TimeProvider clock, int number) =>
        new()
        {
            Id = Kernel.Ids.New(clock),
            At = clock.GetUtcNow().UtcDateTime.AddMinutes(-number),
            Reason = "earlier",
        };

    private HttpRequestMessage Unsigned(
        string route = PeerRoutes.Inbox,
        string type = "message/rfc822",
        byte[]? body = null
    )
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(node.Url, route))
        {
            Content = new ByteArrayContent(body ?? Octets),
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(type);
        request.Content.Headers.ContentLength = Octets.Length;
        return request;
    }

    private HttpRequestMessage Signed(
        NodeKey key,
        string route = PeerRoutes.Inbox,
        string type = "message/rfc822",
        byte[]? body = null,
        Action<HttpRequestMessage>? change = null
    )
    {
        var request = Unsigned(route, type, body);
        RequestSigning.Sign(request, key, SHA256.HashData(Octets), DateTimeOffset.FromUnixTimeSeconds(Now()));
        change?.Invoke(request);
        return request;
    }

    private static long Now() => TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();

    private HttpRequestMessage Copy(HttpRequestMessage request)
    {
        var copy = Unsigned();
        foreach (var (name, values) in request.Headers)
        {
            copy.Headers.Add(name, values);
        }

        return copy;
    }

    private static string Digest(ReadOnlySpan<byte> octets) =>
        $"sha-256=:{Convert.ToBase64String(SHA256.HashData(octets))}:";

    /// <summary>Everything that can be seen of an answer, but for the clock.</summary>
    private static async Task<string> Seen(HttpResponseMessage response)
    {
        var headers = response.Headers.Concat(response.Content.Headers).Where(h => h.Key != "Date");
        var lines = headers.Select(h => $"{h.Key}: {string.Join(", ", h.Value)}").Order(StringComparer.Ordinal);
        return FormattableString.Invariant(
            $"{(int)response.StatusCode} {string.Join('\n', lines)}\n{await response.Content.ReadAsStringAsync()}"
        );
    }
}

internal static class HeaderReplacing
{
    public static void Replace(this HttpRequestHeaders headers, string name, string value)
    {
        headers.Remove(name);
        headers.Add(name, value);
    }
}
