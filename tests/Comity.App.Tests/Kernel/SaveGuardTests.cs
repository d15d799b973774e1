using Comity.App.Tests.Nodes;
using Comity.Kernel;
using Comity.Kernel.Data;
using Comity.Kernel.Viewing;
using Comity.Kernel.Writing;
using Comity.Protocol;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Comity.App.Tests.KernelTests;

public sealed class SaveGuardTests
{
    private const int Mine = 5;
    private const int Foreign = 6;
    private static readonly Viewer Me = PaperRoom.Reader(Mine);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Store.Sqlite, Foreign)]
    [InlineData(Store.Sqlite, Mine)]
    [InlineData(Store.Postgres, Mine)]
    public async Task A_row_that_is_not_seen_is_not_changed_whatever_it_says_of_itself(Store store, int claimed)
    {
        await using var node = await TestNode.StartAsync(store, PaperRoom.Plan);
        var id = await AddAsync(node, Foreign);
        await Assert.ThrowsAsync<UnseenRowException>(() =>
            WriteAsync(
                node,
                db =>
                    db.Update(
                        new Paper
                        {
                            Id = id,
                            AudienceId = claimed,
                            Title = "mine now",
                        }
                    )
            )
        );
        Assert.Equal("title", (await ReadAsync(node, id))!.Title);
    }

    [Theory]
    [InlineData(Store.Sqlite)]
    [InlineData(Store.Postgres)]
    public async Task A_row_that_is_not_seen_is_not_deleted(Store store)
    {
        await using var node = await TestNode.StartAsync(store, PaperRoom.Plan);
        var id = await AddAsync(node, Foreign);
        await Assert.ThrowsAsync<UnseenRowException>(() =>
            WriteAsync(node, db => db.Remove(new Paper { Id = id, AudienceId = Mine }))
        );
        Assert.NotNull(await ReadAsync(node, id));
    }

    [Fact]
    public async Task Nobody_adds_to_a_foreign_audience()
    {
        await using var node = await TestNode.StartAsync(Store.Sqlite, PaperRoom.Plan);
        var paper = NewPaper(Foreign);
        await Assert.ThrowsAsync<UnseenRowException>(() => WriteAsync(node, db => db.Add(paper)));
        Assert.Null(await ReadAsync(node, paper.Id));
    }

    [Fact]
    public async Task Nobody_gives_their_own_row_away()
    {
        await using var node = await TestNode.StartAsync(Store.Sqlite, PaperRoom.Plan);
        var id = await AddAsync(node, Mine);
        await Assert.ThrowsAsync<UnseenRowException>(() =>
            node
                .Services.GetRequiredService<WriteGate>()
                .WriteAsync(
                    Me,
                    async (db, ct) => (await db.Set<Paper>().SingleAsync(p => p.Id == id, ct)).AudienceId = Foreign,
                    Ct
                )
        );
        Assert.Equal(Mine, (await ReadAsync(node, id))!.AudienceId);
    }

    [Fact]
    public async Task Whoever_belongs_to_a_new_audience_may_begin_it()
    {
        await using var node = await TestNode.StartAsync(Store.Sqlite, PaperRoom.Plan);
        var audiences = node.Services.GetRequiredService<Audiences>();
        var own = Audience.Own(ParticipantCode.Parse("QM"));
        var me = Me with { Belongs = [own.Key] };
        var gate = node.Services.GetRequiredService<WriteGate>();
        await gate.WriteAsync(me, async (db, ct) => db.Add(NewPaper(await audiences.IdAsync(db, own, ct))).State, Ct);
        var foreign = Audience.Own(ParticipantCode.Parse("QN"));
        await Assert.ThrowsAsync<UnseenRowException>(() =>
            gate.WriteAsync(me, async (db, ct) => db.Add(NewPaper(await audiences.IdAsync(db, foreign, ct))).State, Ct)
        );
    }

    [Fact]
    public async Task A_change_on_top_of_an_unseen_change_is_noticed()
    {
        await using var node = await TestNode.StartAsync(Store.Sqlite, PaperRoom.Plan);
        var id = await AddAsync(node, Mine);
        var stale = await ReadAsync(node, id);
        await WriteAsync(
            node,
            db =>
                db.Update(
                    new Paper
                    {
                        Id = id,
                        AudienceId = Mine,
                        Title = "b",
                        Version = 1,
                    }
                )
        );
        await Assert.ThrowsAsync<DbUpdateConcurrencyException>(() => WriteAsync(node, db => db.Update(stale!)));
    }

    private static Paper NewPaper(int audience) =>
        new()
        {
            Id = Ids.New(TimeProvider.System),
            AudienceId = audience,
            Title = "title",
        };

    private static async Task<Guid> AddAsync(TestNode node, int audience)
    {
        var paper = NewPaper(audience);
        await node
            .Services.GetRequiredService<WriteGate>()
            .WriteAsync(Viewer.System("test"), (db, _) => Task.FromResult(db.Add(paper).State), Ct);
        return paper.Id;
    }

    private static Task WriteAsync(TestNode node, Action<AppDb> write) =>
        node
            .Services.GetRequiredService<WriteGate>()
            .WriteAsync(
                Me,
                (db, _) =>
                {
                    write(db);
                    return Task.CompletedTask;
                },
                Ct
            );

    private static async Task<Paper?> ReadAsync(TestNode node, Guid id)
    {
        await using var db = node.OpenDatabase();
        return await db.Set<Paper>().AsNoTracking().SingleOrDefaultAsync(p => p.Id == id, Ct);
    }
}
