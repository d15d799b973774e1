using Comity.App.Tests.Nodes;
using Comity.Kernel.Data;
using Microsoft.EntityFrameworkCore;

namespace Comity.App.Tests.KernelTests;

public sealed class SchemaTests
{
    [Theory]
    [InlineData(Store.Sqlite)]
    [InlineData(Store.Postgres)]
    public async Task The_migrations_make_what_the_program_works_with(Store store)
    {
        await using var node = await TestNode.StartAsync(store);
        await using var db = node.OpenDatabase();
        Assert.False(db.Database.HasPendingModelChanges());
    }

    [Theory]
    [InlineData(Store.Sqlite)]
    [InlineData(Store.Postgres)]
    public async Task A_database_from_a_later_version_is_left_alone(Store store)
    {
        await using var node = await TestNode.StartAsync(store);
        await using (var db = node.OpenDatabase())
        {
            await db.Database.ExecuteSqlRawAsync(
                """INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion") VALUES ('29990101000000_Later', '99')""",
                TestContext.Current.CancellationToken
            );
        }
        var refused = await Assert.ThrowsAsync<NewerDatabaseException>(node.RestartAsync);
        Assert.Contains("29990101000000_Later", refused.Message, StringComparison.Ordinal);
    }
}
