using Npgsql;

namespace Comity.App.Tests.Instances;

/// <summary>
/// Has several writers of one PostgreSQL database meet: each has looked at what is there, and none may write a certain
/// table, until all of them wait for one another.
/// </summary>
internal static class Meeting
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <param name="connectionString">The database.</param>
    /// <param name="table">A table that each of them writes.</param>
    /// <param name="writers">What they do.</param>
    public static async Task<IReadOnlyList<T>> AtAsync<T>(
        string connectionString,
        string table,
        params IReadOnlyList<Func<Task<T>>> writers
    )
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(Ct);
        // Apart from the one that locks: who waits is looked at once in a transaction and then remembered.
        await using var watch = new NpgsqlConnection(connectionString);
        await watch.OpenAsync(Ct);
        await using var hold = await connection.BeginTransactionAsync(Ct);
        await using (var command = connection.CreateCommand())
        {
            // Whoever only reads is not kept waiting.
            command.CommandText = $"LOCK TABLE {table} IN SHARE MODE";
            await command.ExecuteNonQueryAsync(Ct);
        }
        var running = writers.Select(w => Task.Run(w, Ct)).ToList();
        await AllWaitAsync(watch, running);
        await hold.RollbackAsync(Ct);
        return await Task.WhenAll(running);
    }

    // Whoever ends without having waited has met nobody; the test then sees what came of it.
    private static async Task AllWaitAsync<T>(NpgsqlConnection watch, List<Task<T>> running)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        patience.CancelAfter(Longest);
        await using var waiting = watch.CreateCommand();
        waiting.CommandText =
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";
        while (
            running.TrueForAll(r => !r.IsCompleted)
            && (long)(await waiting.ExecuteScalarAsync(patience.Token))! < running.Count
        )
            await Task.Delay(10, patience.Token);
    }
}
