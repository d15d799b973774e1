using Microsoft.Data.Sqlite;

namespace Comity.Bench.Nodes;

/// <summary>
/// Looks into the sender's database, reading only, for receipts that it verified and kept: the end of every way that is
/// measured here.
/// </summary>
internal sealed class ReceiptWatch : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _all;
    private readonly SqliteCommand _one;

    public ReceiptWatch(BenchNode node)
    {
        _connection = new SqliteConnection($"Data Source={node.Database};Mode=ReadOnly;Pooling=False");
        _connection.Open();
        _all = Command("""SELECT count(*) FROM exchange_receipt WHERE "Given" = 0 AND "Level" = 'Opened'""");
        _one = Command(
            """SELECT count(*) FROM exchange_receipt WHERE "MessageRow" = $row AND "Given" = 0 AND "Level" = 'Opened'"""
        );
        _one.Parameters.Add(new SqliteParameter("$row", SqliteType.Text));
    }

    public int Count() => (int)(long)_all.ExecuteScalar()!;

    /// <summary>Waits until so many receipts are kept in all.</summary>
    public Task UntilAsync(int count, CancellationToken stop) => WaitAsync(() => Count() >= count, 3, stop);

    /// <summary>Waits until a message has so many receipts.</summary>
    public Task UntilAsync(Guid message, int count, CancellationToken stop)
    {
        _one.Parameters[0].Value = message.ToString().ToUpperInvariant();
        return WaitAsync(() => (long)_one.ExecuteScalar()! >= count, 1, stop);
    }

    public void Dispose()
    {
        _all.Dispose();
        _one.Dispose();
        _connection.Dispose();
    }

    private SqliteCommand Command(string text)
    {
        var command = _connection.CreateCommand();
        command.CommandText = text;
        return command;
    }

    private static async Task WaitAsync(Func<bool> done, int milliseconds, CancellationToken stop)
    {
        var clock = System.Diagnostics.Stopwatch.StartNew();
        while (!done())
        {
            if (clock.Elapsed > Patience)
                throw new BenchException("Receipts did not come within five minutes.");
            await Task.Delay(milliseconds, stop);
        }
    }
}
