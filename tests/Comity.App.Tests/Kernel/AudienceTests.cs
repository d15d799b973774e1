using Comity.App.Tests.Nodes;
using Comity.Kernel;
using Comity.Kernel.Data;
using Comity.Kernel.Outcomes;
using Comity.Kernel.Viewing;
using Comity.Kernel.Writing;
using CsCheck;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Comity.App.Tests.KernelTests;

/// <summary>What a viewer reads is what its audiences hold, by whatever way it reads.</summary>
public sealed class AudienceTests
{
    private const int Groups = 6;
    private const int Papers = 30;
    private static readonly Problem Undo = Problem.Refused("test.undo", "Undone.");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Store.Sqlite)]
    [InlineData(Store.Postgres)]
    public async Task A_viewer_reads_only_its_audiences_on_every_path(Store store)
    {
        await using var node = await TestNode.StartAsync(store, PaperRoom.Plan);
        await FillAsync(node);
        foreach (var path in Paths)
        {
            // Any set of audiences, the empty one among them.
            await Gen.Int[0, (1 << Groups) - 1]
                .SampleAsync(
                    async mask =>
                    {
                        var seen = Enumerable.Range(1, Groups).Where(a => (mask & (1 << (a - 1))) != 0).ToList();
                        var read = await path.Value(node, PaperRoom.Reader(seen));
                        return read == seen.Count * (Papers / Groups)
                            ? true
                            : throw new InvalidOperationException($"{path.Key}: {read} for audiences {mask:b}");
                    },
                    iter: 8,
                    threads: 1
                );
        }
    }

    [Theory]
    [InlineData(Store.Sqlite)]
    [InlineData(Store.Postgres)]
    public async Task A_job_of_the_node_reads_all(Store store)
    {
        await using var node = await TestNode.StartAsync(store, PaperRoom.Plan);
        await FillAsync(node);
        await using var db = node.OpenDatabase();
        Assert.Equal(Papers, await db.Set<Paper>().CountAsync(Ct));
    }

    [Theory]
    [InlineData(Store.Sqlite)]
    [InlineData(Store.Postgres)]
    public async Task An_audience_keeps_its_number(Store store)
    {
        await using var node = await TestNode.StartAsync(store, PaperRoom.Plan);
        var gate = node.Services.GetRequiredService<WriteGate>();
        // Two interners, as two instances on one database have them.
        var (one, other) = (new Audiences(), new Audiences());
        var audience = Audience.Office(Protocol.OfficeName.Parse("QM/technical"));
        var first = await gate.WriteAsync(Viewer.System("t"), (db, t) => one.IdAsync(db, audience, t), Ct);
        var again = await gate.WriteAsync(Viewer.System("t"), (db, t) => one.IdAsync(db, audience, t), Ct);
        var elsewhere = await gate.WriteAsync(Viewer.System("t"), (db, t) => other.IdAsync(db, audience, t), Ct);
        Assert.Equal((first, first), (again, elsewhere));
        Assert.NotEqual(Audience.PublicId, first);
    }

    [Fact]
    public void An_audience_of_nobody_is_nobody()
    {
        var viewer = PaperRoom.Reader() with { Belongs = [Audience.Own(Protocol.ParticipantCode.Parse("QM")).Key] };
        Assert.False(viewer.BelongsTo(Audience.Named([])));
        Assert.True(viewer.BelongsTo(Audience.Named([Protocol.ParticipantCode.Parse("QM")])));
        Assert.False(viewer.BelongsTo(Audience.Named([Protocol.ParticipantCode.Parse("QN")])));
    }

    /// <summary>Each way of reading, as the number of papers that it found.</summary>
    private static Dictionary<string, Func<TestNode, Viewer, Task<int>>> Paths { get; } =
        new(StringComparer.Ordinal)
        {
            ["list"] = Reading(async db => (await db.Set<Paper>().ToListAsync(Ct)).Count),
            ["count"] = Reading(db => db.Set<Paper>().CountAsync(Ct)),
            ["parts"] = Reading(async db => await db.Set<Sheet>().CountAsync(Ct) / 2),
            ["any"] = Reading(async db => await EachAsync(id => db.Set<Paper>().AnyAsync(p => p.Id == id, Ct))),
            ["find"] = Reading(async db =>
                await EachAsync(async id => await db.FindAsync<Paper>([id], Ct) is not null)
            ),
            ["projection"] = Reading(async db => (await db.Set<Paper>().Select(p => p.Title).ToListAsync(Ct)).Count),
            ["include"] = Reading(async db =>
                (await db.Set<Paper>().Include(p => p.Sheets).ToListAsync(Ct)).Sum(p => p.Sheets.Count) / 2
            ),
            ["parts of a projection"] = Reading(async db =>
                await db.Set<Paper>().Select(p => p.Sheets.Count).SumAsync(Ct) / 2
            ),
            ["join"] = Reading(db =>
                db.Set<Sheet>()
                    .Join(db.Set<Paper>(), s => s.PaperId, p => p.Id, (_, p) => p.Id)
                    .Distinct()
                    .CountAsync(Ct)
            ),
            ["update at once"] = Writing(db =>
                db.Set<Paper>().ExecuteUpdateAsync(s => s.SetProperty(p => p.Title, "changed"), Ct)
            ),
            ["delete at once"] = Writing(async db =>
            {
                var sheets = await db.Set<Sheet>().ExecuteDeleteAsync(Ct);
                var papers = await db.Set<Paper>().ExecuteDeleteAsync(Ct);
                return sheets == papers * 2 ? papers : -1;
            }),
        };

    private static readonly Guid[] Known =
    [
        .. Enumerable.Range(1, Papers).Select(i => Guid.Parse($"00000000-0000-7000-8000-{i:x12}")),
    ];

    private static Func<TestNode, Viewer, Task<int>> Reading(Func<AppDb, Task<int>> path) =>
        async (node, viewer) =>
        {
            await using var db = node.OpenDatabase(viewer);
            return await path(db);
        };

    // What is written here is undone again; how many rows it reached is what counts.
    private static Func<TestNode, Viewer, Task<int>> Writing(Func<AppDb, Task<int>> path) =>
        async (node, viewer) =>
        {
            var reached = 0;
            await node
                .Services.GetRequiredService<WriteGate>()
                .WriteAsync<Outcome<int>>(
                    viewer,
                    async (db, _) =>
                    {
                        reached = await path(db);
                        return Undo;
                    },
                    Ct
                );
            return reached;
        };

    private static async Task<int> EachAsync(Func<Guid, Task<bool>> isThere)
    {
        var found = 0;
        foreach (var id in Known)
            found += await isThere(id) ? 1 : 0;
        return found;
    }

    private static Task FillAsync(TestNode node) =>
        node
            .Services.GetRequiredService<WriteGate>()
            .WriteAsync(
                Viewer.System("test"),
                (db, _) =>
                {
                    for (var i = 0; i < Papers; i++)
                    {
                        var audience = i % Groups + 1;
                        var paper = new Paper
                        {
                            Id = Known[i],
                            AudienceId = audience,
                            Title = $"paper {i}",
                        };
                        for (var s = 0; s < 2; s++)
                            paper.Sheets.Add(
                                new Sheet
                                {
                                    Id = Ids.New(TimeProvider.System),
                                    AudienceId = audience,
                                    Text = "text",
                                }
                            );
                        db.Add(paper);
                    }
                    return Task.CompletedTask;
                },
                Ct
            );
}
