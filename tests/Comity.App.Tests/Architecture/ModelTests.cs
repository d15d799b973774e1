using System.Reflection;
using Comity.App.Tests.Nodes;
using Comity.Kernel.Data;
using Comity.Kernel.Hosting;
using Comity.Kernel.Viewing;
using Comity.Node;
using Comity.Node.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Comity.App.Tests.Architecture;

/// <summary>Every table either has an audience or a reason to have none.</summary>
public sealed class ModelTests
{
    /// <summary>A message id that was taken in once is refused for good, even when the message itself is gone.</summary>
    private static readonly string[] Outlives = ["SeenId"];

    private static readonly IReadOnlyList<IEntityType> Entities = Read();

    [Fact]
    public void Every_entity_is_seen_or_part_of_something_seen_or_plumbing() =>
        House.HasNone(
            from entity in Entities
            let kinds = new[] { IsSeen(entity) && !IsPart(entity), IsPart(entity), Reason(entity) is not null }
            where kinds.Count(k => k) != 1
            select $"{entity.ClrType.Name}: has an audience, is a part, or says why it is plumbing"
        );

    [Fact]
    public void What_is_seen_or_a_part_is_filtered_by_its_audience() =>
        House.HasNone(
            from entity in Entities
            where (IsSeen(entity) || IsPart(entity)) && entity.FindDeclaredQueryFilter("audience") is null
            select entity.ClrType.Name
        );

    [Fact]
    public void A_part_hangs_on_its_whole_by_a_chain_of_keys() =>
        House.HasNone(
            from entity in Entities
            from whole in Wholes(entity)
            where !Above(entity).Any(e => e.ClrType == whole) && !Outlives.Contains(entity.ClrType.Name)
            select $"{entity.ClrType.Name} does not hang on {whole.Name}"
        );

    [Fact]
    public void The_plumbing_is_the_approved_one() =>
        ApprovedList.Holds(
            "plumbing",
            Entities
                .Where(e => Reason(e) is not null)
                .Select(e => $"{e.GetTableName(), -32} {Reason(e)}")
                .Order(StringComparer.Ordinal)
        );

    [Fact]
    public void Every_table_carries_the_name_of_its_room() =>
        House.HasNone(
            from entity in Entities
            let room = entity.ClrType.Assembly.GetName().Name!.Split('.')[^1].ToLowerInvariant()
            where entity.GetTableName()?.StartsWith(room + "_", StringComparison.Ordinal) != true
            select $"{entity.ClrType.Name} is kept in {entity.GetTableName()}"
        );

    private static bool IsSeen(IEntityType entity) => typeof(ISeen).IsAssignableFrom(entity.ClrType);

    private static bool IsPart(IEntityType entity) => Wholes(entity).Any();

    private static IEnumerable<Type> Wholes(IEntityType entity) =>
        entity
            .ClrType.GetInterfaces()
            .Where(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IPartOf<>))
            .Select(i => i.GetGenericArguments()[0]);

    private static IEnumerable<IEntityType> Above(IEntityType entity) =>
        entity
            .GetForeignKeys()
            .Select(k => k.PrincipalEntityType)
            .Where(e => e != entity)
            .SelectMany(e => Above(e).Prepend(e));

    private static string? Reason(IEntityType entity) => entity.ClrType.GetCustomAttribute<PlumbingAttribute>()?.Reason;

    private static List<IEntityType> Read()
    {
        var options = new NodeOptions { DataFolder = Path.GetTempPath(), BaseUrl = new Uri("https://qm.example") };
        using var db = new AppDbFactory(NodeHost.Database(options), Rooms.Catalog).Open(Viewer.System("test"));
        return [.. db.Model.GetEntityTypes().Where(e => !e.IsOwned())];
    }
}
