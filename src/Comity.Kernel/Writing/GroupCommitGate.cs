using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.ExceptionServices;
using System.Threading.Channels;
using Comity.Kernel.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;

namespace Comity.Kernel.Writing;

/// <summary>
/// For a database with one writer: units pass in the order in which they came, and those that wait together are
/// committed together, each behind its own savepoint. One disk flush then serves many, and nobody starves.
/// </summary>
[SuppressMessage(
    "Usage",
    "MA0040",
    Justification = "A transaction that many share is not given up because one caller lost patience"
)]
internal sealed class GroupCommitGate(AppDbFactory databases, IDatabase database)
    : WriteGate,
        IHostedService,
        IAsyncDisposable
{
    private const int MostInOneCommit = 128;

    private readonly Channel<IUnit> _queue = Channel.CreateBounded<IUnit>(
        new BoundedChannelOptions(4096) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait }
    );
    private Task? _loop;

    /// <summary>Of the loop alone, and kept as long as nothing fails: what it has read and prepared serves the next group.</summary>
    private DbConnection? _connection;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _loop ??= Task.Run(LoopAsync, CancellationToken.None);
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        _queue.Writer.TryComplete();
        if (_loop is not null)
            await _loop.WaitAsync(cancellationToken);
        await DisconnectAsync();
    }

    public async ValueTask DisposeAsync() => await StopAsync(CancellationToken.None);

    internal override async Task PassAsync(IUnit unit, CancellationToken ct)
    {
        await StartAsync(ct);
        await _queue.Writer.WriteAsync(unit, ct);
    }

    private async Task LoopAsync()
    {
        while (await _queue.Reader.WaitToReadAsync())
        {
            var group = new List<IUnit>();
            try
            {
                await CommitGroupAsync(group);
            }
            catch (Exception cause)
            {
                // The transaction as a whole failed (disk full, database gone): everybody in it is told, nothing is kept.
                await DisconnectAsync();
                foreach (var unit in group)
                    unit.Fail(Told(database, cause));
            }
        }
    }

    private async Task CommitGroupAsync(List<IUnit> group)
    {
        var connection = _connection ??= database.Connect();
        await connection.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.Serializable);
        var written = new List<(IUnit Unit, AppDb Db)>();
        var refused = new List<(IUnit Unit, Exception? Cause)>();
        try
        {
            while (group.Count < MostInOneCommit && _queue.Reader.TryRead(out var unit))
            {
                group.Add(unit);
                var db = databases.On(connection, unit.Viewer);
                await db.Database.UseTransactionAsync(transaction);
                var (kept, cause) = await BehindSavepointAsync(transaction, unit, db);
                if (kept)
                    written.Add((unit, db));
                else
                {
                    refused.Add((unit, cause));
                    await db.DisposeAsync();
                }
            }
            await transaction.CommitAsync();
        }
        finally
        {
            foreach (var (_, db) in written)
                await db.DisposeAsync();
        }
        foreach (var (unit, db) in written)
        {
            db.Committed();
            unit.Settle();
        }
        foreach (var (unit, cause) in refused)
            Answer(unit, cause);
    }

    private async Task DisconnectAsync()
    {
        if (Interlocked.Exchange(ref _connection, null) is { } connection)
            await connection.DisposeAsync();
    }

    private void Answer(IUnit unit, Exception? cause)
    {
        if (cause is null)
            unit.Settle();
        else
            unit.Fail(Told(database, cause));
    }

    private static async Task<(bool Kept, Exception? Cause)> BehindSavepointAsync(
        DbTransaction transaction,
        IUnit unit,
        AppDb db
    )
    {
        const string Savepoint = "unit";
        await transaction.SaveAsync(Savepoint);
        Exception? failure = null;
        try
        {
            unit.Cancellation.ThrowIfCancellationRequested();
            if (await unit.RunAsync(db))
            {
                await transaction.ReleaseAsync(Savepoint);
                return (true, null);
            }
        }
        catch (Exception cause)
        {
            failure = cause;
        }
        try
        {
            await transaction.RollbackAsync(Savepoint);
            await transaction.ReleaseAsync(Savepoint);
        }
        catch (Exception) when (failure is not null)
        {
            // A full disk may take the whole transaction with it; then there is no savepoint any more.
            ExceptionDispatchInfo.Throw(failure);
        }
        return (false, failure);
    }
}
