using System.Collections.Concurrent;
using Comity.App.Tests.Nodes;
using Comity.Kernel.Data;
using Comity.Kernel.Modules;
using Comity.Kernel.Viewing;
using Comity.Kernel.Work;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.Extensions.DependencyInjection;

namespace Comity.App.Tests.KernelTests;

/// <summary>The smallest room there is, to see what the kernel does for every room.</summary>
internal sealed class PaperRoom : IModule
{
    public static NodePlan Plan { get; } = new() { Rooms = new ModuleCatalog([new PaperRoom()]) };

    public string Name => "paper";

    public IReadOnlyList<Act> Acts => [];

    public void Add(IServiceCollection services) =>
        services.AddSingleton<PaperWork>().AddSingleton<IWorkHandler>(s => s.GetRequiredService<PaperWork>());

    public void Map(ModuleRoutes routes) { }

    /// <summary>Somebody who sees these audiences and no other.</summary>
    public static Viewer Reader(params IEnumerable<int> seen) => new() { Name = "person:test", Seen = [.. seen] };
}

internal sealed class Paper : ISeen, IVersioned
{
    public Guid Id { get; init; }
    public int AudienceId { get; set; }
    public string Title { get; set; } = "";
    public long Version { get; set; }
    public List<Sheet> Sheets { get; } = [];
}

internal sealed class Sheet : IPartOf<Paper>
{
    public Guid Id { get; init; }
    public Guid PaperId { get; init; }
    public int AudienceId { get; init; }
    public string Text { get; init; } = "";
}

internal sealed class PaperMap : IEntityTypeConfiguration<Paper>, IEntityTypeConfiguration<Sheet>
{
    public void Configure(EntityTypeBuilder<Paper> e)
    {
        e.ToTable("paper_paper");
        e.HasKey(p => p.Id);
        e.HasMany(p => p.Sheets).WithOne().HasForeignKey(s => s.PaperId);
    }

    public void Configure(EntityTypeBuilder<Sheet> e)
    {
        e.ToTable("paper_sheet");
        e.HasKey(s => s.Id);
    }
}

/// <summary>Work whose course the test decides by the words in its key.</summary>
internal sealed class PaperWork : IWorkHandler
{
    public const string Word = "paper.work";

    public string Kind => Word;

    /// <summary>Keys in the order in which they were begun.</summary>
    public ConcurrentQueue<string> Begun { get; } = new();

    /// <summary>Ends the work that hangs.</summary>
    public TaskCompletionSource Release { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public async Task<WorkResult> DoAsync(WorkItem item, CancellationToken ct)
    {
        Begun.Enqueue(item.Key);
        var first = Begun.Count(k => k == item.Key) == 1;
        if (first && item.Key.StartsWith("throws", StringComparison.Ordinal))
            throw new InvalidOperationException("as asked");
        if (first && item.Key.StartsWith("hangs", StringComparison.Ordinal))
            await Release.Task.WaitAsync(ct);
        return WorkResult.Done;
    }
}
