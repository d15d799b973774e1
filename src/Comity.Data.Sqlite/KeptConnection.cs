using System.Data;
using Microsoft.Data.Sqlite;

namespace Comity.Data.Sqlite;

/// <summary>
/// A connection that stays open when whoever had it is done with it and disposes of it, with the statements that were
/// prepared on it: opening a connection and preparing the same statements anew would cost more than what most of them do.
/// </summary>
internal sealed class KeptConnection(string connectionString, KeptConnections home) : SqliteConnection(connectionString)
{
    private const int MostStatements = 300;

    private readonly Dictionary<string, SqliteCommand> _statements = new(StringComparer.Ordinal);
    private int _lent;
    private bool _ending;
    private int _running;

    /// <summary>Nothing of whoever had it before is still going on.</summary>
    public bool IsAtRest => State == ConnectionState.Open && Transaction is null && _running == 0;

    public override SqliteCommand CreateCommand() =>
        new KeptCommand(this) { CommandTimeout = DefaultTimeout, Transaction = Transaction };

    /// <summary>It is somebody's from now on, until they dispose of it.</summary>
    public KeptConnection Lent()
    {
        _lent = 1;
        return this;
    }

    /// <summary>The statement, prepared where it has run here before; nobody else has it until it is given back.</summary>
    internal SqliteCommand Take(string text)
    {
        _running++;
        return _statements.Remove(text, out var kept) ? kept : new SqliteCommand(text, this);
    }

    /// <summary>What ended with a fault is not kept.</summary>
    internal void GiveBack(SqliteCommand statement, bool whole)
    {
        _running--;
        statement.Parameters.Clear();
        if (_statements.Count >= MostStatements)
            Forget();
        if (!whole || !_statements.TryAdd(statement.CommandText, statement))
            statement.Dispose();
    }

    /// <summary>Whoever has it may close it, as they would any other; what they left undone is undone, and it stays open.</summary>
    public override void Close()
    {
        if (_ending)
            base.Close();
        else
            Transaction?.Dispose();
    }

    /// <summary>Closes it for good.</summary>
    public void End()
    {
        _ending = true;
        Forget();
        base.Dispose(disposing: true);
    }

    protected override void Dispose(bool disposing)
    {
        if (!disposing)
        {
            base.Dispose(disposing: false);
            return;
        }
        // Disposed of twice, it must neither be lent to two nor be closed under whoever has it next.
        if (Interlocked.Exchange(ref _lent, 0) == 1 && !home.TryTakeBack(this))
            End();
    }

    private void Forget()
    {
        foreach (var statement in _statements.Values)
            statement.Dispose();
        _statements.Clear();
    }
}
