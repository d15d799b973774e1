using System.Collections.Concurrent;

namespace Comity.Data.Sqlite;

/// <summary>The open connections to one database that nobody uses just now. The last one given back is the next one lent.</summary>
internal sealed class KeptConnections(string connectionString, string pragmas) : IDisposable
{
    private const int MostAtRest = 16;

    private readonly ConcurrentStack<KeptConnection> _atRest = new();
    private volatile bool _ended;

    /// <summary>An open connection; whoever is done with it disposes of it.</summary>
    public KeptConnection Lend() => _atRest.TryPop(out var kept) ? kept.Lent() : Open();

    /// <summary>False where it is to be closed.</summary>
    public bool TryTakeBack(KeptConnection connection)
    {
        if (_ended || !connection.IsAtRest || _atRest.Count >= MostAtRest)
            return false;
        _atRest.Push(connection);
        if (_ended)
            Dispose();
        return true;
    }

    public void Dispose()
    {
        _ended = true;
        while (_atRest.TryPop(out var connection))
            connection.End();
    }

    private KeptConnection Open()
    {
        var connection = new KeptConnection(connectionString, this);
        try
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = pragmas;
            command.ExecuteNonQuery();
            return connection.Lent();
        }
        catch
        {
            connection.End();
            throw;
        }
    }
}
