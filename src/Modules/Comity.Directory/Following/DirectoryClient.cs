using System.Text.Json;
using Comity.Directory.Keeping;
using Comity.Directory.Managing;
using Comity.Post;
using Comity.Protocol;
using Comity.Protocol.Directories;

namespace Comity.Directory.Following;

/// <summary>What a node answered: octets, or why there are none, as a stable code.</summary>
internal sealed record Fetched(ReadOnlyMemory<byte>? Octets, string? Problem);

/// <summary>
/// Fetches public directory documents from other nodes. What comes is judged elsewhere; here it is only bounded. The
/// client guards against addresses inside the house.
/// </summary>
internal sealed class DirectoryClient(IHttpClientFactory clients)
{
    private const long MaxEntry = 1024 * 1024;
    private const long MaxHeaders = 6 * 1024 * 1024;
    private const long MaxHistory = 32 * 1024 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public Task<Fetched> SnapshotAsync(Uri node, CancellationToken ct) =>
        GetAsync(new Uri(Base(node), "directory/v1/snapshot"), SnapshotFile.MaxOctets, ct);

    public Task<Fetched> EntryAsync(Uri node, ParticipantCode participant, CancellationToken ct) =>
        GetAsync(new Uri(Base(node), $"{ServeOwnEntry.Path[1..]}?participant={participant}"), MaxEntry, ct);

    /// <summary>The signed headers from one number to another, both included; null where the node does not give them.</summary>
    public async Task<IReadOnlyList<ReadOnlyMemory<byte>>?> HeadersAsync(
        Uri node,
        long from,
        long to,
        CancellationToken ct
    )
    {
        var all = new List<ReadOnlyMemory<byte>>();
        var octets = 0L;
        while (from + all.Count <= to)
        {
            var next = from + all.Count;
            var uri = new Uri(Base(node), FormattableString.Invariant($"directory/v1/headers?from={next}&to={to}"));
            var fetched = await GetAsync(uri, MaxHeaders, ct);
            if (fetched.Octets is not { } answer || HeaderList.Read(answer) is not { } headers)
                return null;
            octets += headers.Sum(h => (long)h.Length);
            // Every answer but the last one is full: nobody is led on by drops.
            if (headers.Count != Math.Min(HeaderList.Most, to - next + 1) || octets > MaxHistory)
                return null;
            all.AddRange(headers);
        }
        return all;
    }

    private async Task<Fetched> GetAsync(Uri uri, long most, CancellationToken ct)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(Patience);
        using var request = new HttpRequestMessage(HttpMethod.Get, uri);
        request.Options.Set(PostModule.MaxAnswer, most);
        try
        {
            using var client = clients.CreateClient(PostModule.PeerClientName);
            using var response = await client.SendAsync(
                request,
                HttpCompletionOption.ResponseHeadersRead,
                patience.Token
            );
            if (!response.IsSuccessStatusCode)
                return new Fetched(null, FormattableString.Invariant($"http-{(int)response.StatusCode}"));
            return new Fetched(await response.Content.ReadAsByteArrayAsync(patience.Token), null);
        }
        catch (Exception cause)
            when (cause is HttpRequestException or IOException or InvalidOperationException
                || (cause is OperationCanceledException && !ct.IsCancellationRequested)
            )
        {
            return new Fetched(null, cause is OperationCanceledException ? "timeout" : "unreachable");
        }
    }

    private static Uri Base(Uri node) => node.AbsoluteUri.EndsWith('/') ? node : new Uri(node.AbsoluteUri + "/");
}
