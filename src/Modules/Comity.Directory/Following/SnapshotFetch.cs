using Comity.Directory.Data;
using Comity.Kernel;
using Comity.Protocol;
using Comity.Protocol.Directories;
using Comity.Protocol.Signing;

namespace Comity.Directory.Following;

/// <summary>A snapshot that was fetched and judged.</summary>
/// <param name="Outcome">What following it gave; null where nothing could be fetched.</param>
/// <param name="Snapshot">The snapshot; null where nothing could be fetched.</param>
/// <param name="Header">Its header; null where it was not accepted.</param>
/// <param name="Problem">Stable code of why it was not accepted; null where it was.</param>
/// <param name="Before">What was held when it was judged.</param>
internal sealed record JudgedSnapshot(
    FollowingOutcome? Outcome,
    Snapshot? Snapshot,
    SignedPayload<SnapshotHeader>? Header,
    string? Problem,
    FollowingState Before
);

/// <summary>Fetches a snapshot, and the headers between where it jumps ahead, and has it judged by the protocol.</summary>
internal sealed class SnapshotFetch(DirectoryClient client, TimeProvider clock)
{
    private const int LongestJump = 20_000;

    public async Task<JudgedSnapshot> FetchAsync(
        Uri node,
        FollowingState state,
        IReadOnlyList<OwnVersions> own,
        CancellationToken ct
    )
    {
        var fetched = await client.SnapshotAsync(node, ct);
        if (fetched.Octets is not { } octets)
            return new JudgedSnapshot(null, null, null, fetched.Problem, state);
        if (SnapshotFile.Read(octets).Value is not { } snapshot)
            return new JudgedSnapshot(null, null, null, Code(FollowingRefusal.Malformed), state);
        var now = clock.Utc();
        var between = await BetweenAsync(node, state, snapshot, now, ct);
        var expected = own.Select(o => o.Expect(snapshot, now)).ToList();
        var outcome = Protocol.Directories.Following.Follow(state, snapshot, between, expected, now);
        return outcome.Refusal is { } refusal
            ? new JudgedSnapshot(outcome, snapshot, null, Code(refusal), state)
            : new JudgedSnapshot(outcome, snapshot, DirectoryDocuments.ReadHeader(snapshot.Header).Value, null, state);
    }

    /// <summary>Only what is needed to come from the number held to the one served; the rest is for the protocol to judge.</summary>
    private async Task<IReadOnlyList<ReadOnlyMemory<byte>>> BetweenAsync(
        Uri node,
        FollowingState state,
        Snapshot snapshot,
        DateTime now,
        CancellationToken ct
    )
    {
        // Whoever is not the directory does not send us off to fetch a history of any length.
        if (Protocol.Directories.Following.NumberOf(state, snapshot, now) is not { } number)
            return [];
        if (state.Header is null || number <= state.Number + 1 || number - state.Number > LongestJump)
            return [];
        return await client.HeadersAsync(node, state.Number + 1, number - 1, ct) ?? [];
    }

    /// <summary><c>OtherRoot</c> → <c>other-root</c>.</summary>
    public static string Code<T>(T value)
        where T : struct, Enum =>
        string.Concat(
            value.ToString().Select((c, i) => char.IsUpper(c) ? (i > 0 ? "-" : "") + char.ToLowerInvariant(c) : $"{c}")
        );
}
