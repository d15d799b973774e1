using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Comity.Data.Sqlite;

/// <summary>
/// Sets the pragmas on every connection, whoever opens it: once for each of the few that the pool keeps, because they
/// last as long as the connection itself, and setting them anew costs as much as a query.
/// </summary>
internal sealed class SqlitePragmas(string pragmas) : DbConnectionInterceptor
{
    private readonly ConditionalWeakTable<object, string> _set = [];

    public void Set(DbConnection connection)
    {
        var pooled = ((SqliteConnection)connection).Handle!;
        if (_set.TryGetValue(pooled, out _))
            return;
        using var command = connection.CreateCommand();
        command.CommandText = pragmas;
        command.ExecuteNonQuery();
        _set.AddOrUpdate(pooled, pragmas);
    }

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) => Set(connection);

    public override Task ConnectionOpenedAsync(
        DbConnection connection,
        ConnectionEndEventData eventData,
        CancellationToken cancellationToken = default
    )
    {
        Set(connection);
        return Task.CompletedTask;
    }
}
