using Comity.Directory.Data;
using Comity.Kernel;
using Comity.Kernel.Data;
using Comity.Kernel.Outcomes;
using Comity.Kernel.Viewing;
using Comity.Kernel.Work;
using Comity.Kernel.Writing;
using Comity.Protocol;
using Comity.Protocol.Directories;
using Microsoft.EntityFrameworkCore;

namespace Comity.Directory.Following;

/// <summary>Asks to follow a directory.</summary>
/// <param name="Url">Base URL of the manager's node.</param>
/// <param name="Root">
/// The fingerprint of the root, as the manager gave it out of band: <c>sha256:…</c>, or 64 hexadecimal digits in groups.
/// </param>
internal sealed record FollowDirectory(string Url, string Root);

/// <summary>Polls every followed directory now.</summary>
internal sealed record PollNow;

/// <summary>What polling every followed directory gave.</summary>
/// <param name="Steps">What was verified, all together.</param>
/// <param name="Number">Number of the first directory's snapshot.</param>
/// <param name="Entries">How many entries all of them have.</param>
/// <param name="Directories">Each by itself.</param>
internal sealed record Polled(
    IReadOnlyList<string> Steps,
    long Number,
    int Entries,
    IReadOnlyList<Followed> Directories
);

/// <summary>Verifies a directory down to the pinned root, and follows it from then on.</summary>
internal sealed class FollowDirectoryHandler(
    AppDbFactory databases,
    WriteGate gate,
    SnapshotFetch fetch,
    Poller poller,
    TimeProvider clock
)
{
    public async Task<Outcome<Followed>> HandleAsync(FollowDirectory request, Viewer viewer, CancellationToken ct)
    {
        if (!Uri.TryCreate(request.Url, UriKind.Absolute, out var url) || url.Scheme is not ("https" or "http"))
            return FollowingProblems.BadUrl;
        if (ReadPin(request.Root) is not { } root)
            return FollowingProblems.BadRoot;
        await using var db = databases.Open(viewer);
        if (await db.Set<FollowedDirectory>().AsNoTracking().SingleOrDefaultAsync(f => f.Root == root, ct) is { } there)
            return await AgainAsync(there, ct);
        var judged = await fetch.FetchAsync(url, FollowingState.Start(root), await OwnVersions.LoadAsync(db, ct), ct);
        if (judged.Problem is { } problem)
            return FollowingProblems.NotVerified.With("reason", problem);
        var code = judged.Header!.Value.Directory;
        if (await IsTakenAsync(db, code, root, ct))
            return FollowingProblems.CodeTaken.With("directory", code);
        var followed = new FollowedDirectory(Ids.New(clock), url, root, code, clock.Utc());
        if (!await poller.TryStoreAsync(followed, seen: null, judged, ct))
            return await HandleAsync(request, viewer, ct);
        await gate.WriteAsync(viewer, (write, token) => EnqueueAsync(write, followed.Id, token), ct);
        return Followed.Of(followed.Url, root, judged);
    }

    /// <summary>Polls every followed directory now.</summary>
    public async Task<Outcome<Polled>> HandleAsync(PollNow request, Viewer viewer, CancellationToken ct)
    {
        _ = request;
        await using var db = databases.Open(viewer);
        var all = await db.Set<FollowedDirectory>().AsNoTracking().OrderBy(f => f.Since).ToListAsync(ct);
        var answers = new List<Followed>();
        foreach (var followed in all)
        {
            var outcome = await AgainAsync(followed, ct);
            if (outcome.Problem is { } problem)
                return problem;
            answers.Add(outcome.Value);
        }
        return new Polled(
            [.. answers.SelectMany(a => a.Steps)],
            answers.FirstOrDefault()?.Number ?? 0,
            answers.Sum(a => a.Entries),
            answers
        );
    }

    /// <summary>
    /// Snapshots, alerts and evidence are found by the code of their directory. Two roots under one code would be one
    /// directory with two histories.
    /// </summary>
    private static async Task<bool> IsTakenAsync(AppDb db, ParticipantCode code, Digest root, CancellationToken ct) =>
        await db.Set<FollowedDirectory>().AnyAsync(f => f.Code == code && f.Root != root, ct)
        || (await db.Set<ManagedDirectory>().AsNoTracking().Where(m => m.Code == code).ToListAsync(ct)).Exists(m =>
            Digest.Of(m.Root) != root
        );

    private async Task<Outcome<Followed>> AgainAsync(FollowedDirectory followed, CancellationToken ct)
    {
        var judged = await poller.PollAsync(followed.Id, ct);
        if (judged is null || judged.Problem is not null)
            return FollowingProblems.NotVerified.With("reason", judged?.Problem ?? "not-followed");
        return Followed.Of(followed.Url, followed.Root, judged);
    }

    private Task EnqueueAsync(AppDb db, Guid id, CancellationToken ct) =>
        db.EnqueueAsync(PollWork.WorkKind, id.ToString("N"), clock.Utc() + PollWork.Every, clock, ct);

    /// <summary>Groups and spaces are for people's eyes.</summary>
    private static Digest? ReadPin(string text)
    {
        var hex = string.Concat(text.Trim().ToLowerInvariant().Where(c => !char.IsWhiteSpace(c)));
        return Digest.TryParse(hex.StartsWith("sha256:", StringComparison.Ordinal) ? hex : "sha256:" + hex, out var pin)
            ? pin
            : null;
    }
}
