using System.Data;
using Microsoft.Data.Sqlite;

namespace Comity.Data.Sqlite;

/// <summary>A command whose statement is the one that its connection prepared when the same text ran before.</summary>
internal sealed class KeptCommand : SqliteCommand
{
    private readonly KeptConnection _connection;
    private SqliteCommand? _statement;

    public KeptCommand(KeptConnection connection)
    {
        _connection = connection;
        Connection = connection;
    }

    public override SqliteDataReader ExecuteReader(CommandBehavior behavior)
    {
        GiveBack(whole: true);
        _statement = _connection.Take(CommandText);
        try
        {
            _statement.Transaction = Transaction;
            _statement.CommandTimeout = CommandTimeout;
            foreach (SqliteParameter parameter in Parameters)
                _statement.Parameters.Add(parameter);
            return _statement.ExecuteReader(behavior);
        }
        catch
        {
            GiveBack(whole: false);
            throw;
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            GiveBack(whole: true);
        base.Dispose(disposing);
    }

    private void GiveBack(bool whole)
    {
        if (_statement is not { } statement)
            return;
        _statement = null;
        _connection.GiveBack(statement, whole);
    }
}
