using Comity.App.Tests.Nodes;
using Comity.Kernel;
using Comity.Kernel.Data;
using Comity.Kernel.Hosting;
using Comity.Kernel.Viewing;
using Comity.Kernel.Writing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Comity.App.Tests.KernelTests;

public sealed class DiskFullTests
{
    private const string NoMorePages = "PRAGMA max_page_count = 1";
    private const string AsManyAsYouLike = "PRAGMA max_page_count = 1073741823";
    private static readonly Viewer Job = Viewer.System("test");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Where_there_is_no_room_everybody_in_the_commit_is_told_so_and_nothing_of_it_is_kept()
    {
        await using var node = await TestNode.StartAsync(Store.Sqlite, PaperRoom.Plan);
        var gate = node.Services.GetRequiredService<WriteGate>();
        var hold = new TaskCompletionSource();
        // What comes while the first holds the gate is committed together.
        var first = gate.WriteAsync(Job, (_, _) => hold.Task, Ct);
        var before = Add(gate, "before");
        // SQLite takes the file for full from here on, as it does a disk.
        var full = gate.WriteAsync(
            Job,
            async (db, ct) =>
            {
                await db.Database.ExecuteSqlRawAsync(NoMorePages, ct);
                db.Add(NewPaper(new string('x', 100_000)));
                await db.SaveChangesAsync(ct);
            },
            Ct
        );
        var after = Add(gate, "after");
        hold.SetResult();
        await Task.WhenAny(Task.WhenAll(first, before, full, after));

        foreach (var told in (Task[])[before, full])
            await Assert.ThrowsAsync<DiskFullException>(() => told);
        await gate.WriteAsync(Job, (db, ct) => db.Database.ExecuteSqlRawAsync(AsManyAsYouLike, ct), Ct);
        await Add(gate, "later");
        Assert.DoesNotContain(await TitlesAsync(node), t => t.Length > 10 || t == "before");
        Assert.Contains("later", await TitlesAsync(node));
        // Whoever came behind was told one or the other, and it is so.
        Assert.Equal(after.IsCompletedSuccessfully, (await TitlesAsync(node)).Contains("after"));
    }

    [Theory]
    [InlineData(0, CheckState.Fail)]
    [InlineData(255, CheckState.Fail)]
    [InlineData(257, CheckState.Warn)]
    [InlineData(4096, CheckState.Ok)]
    public void The_doctor_says_in_time_that_little_room_is_left(long megabytes, CheckState state)
    {
        var line = DiskCheck.Line(megabytes << 20);
        Assert.Equal(("kernel.disk", state), (line.Name, line.State));
        Assert.Equal(state != CheckState.Ok, line.Advice is not null);
    }

    private static Task Add(WriteGate gate, string title) =>
        gate.WriteAsync(Job, (db, _) => Task.FromResult(db.Add(NewPaper(title)).State), Ct);

    private static Paper NewPaper(string title) =>
        new()
        {
            Id = Ids.New(TimeProvider.System),
            AudienceId = 5,
            Title = title,
        };

    private static async Task<List<string>> TitlesAsync(TestNode node)
    {
        await using var db = node.OpenDatabase();
        return await db.Set<Paper>().Select(p => p.Title).ToListAsync(Ct);
    }
}
