using System.Collections.Concurrent;

namespace Comity.System.Tests.Faults;

/// <summary>What one side asked its node to send, and what it was told: the memory that no fault reaches.</summary>
internal sealed class Ledger
{
    private readonly ConcurrentDictionary<string, string> _accepted = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, byte> _asked = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();
    private HashSet<string> _touched = new(StringComparer.Ordinal);

    /// <summary>How many were asked for again because the answer was lost, and then answered.</summary>
    public int Repeated { get; private set; }

    /// <summary>How many of these had been accepted the first time.</summary>
    public int RepeatedInVain { get; private set; }

    /// <summary>Ids of messages by the mark in their text.</summary>
    public IReadOnlyDictionary<string, string> Accepted => _accepted;

    /// <summary>Marks of everything that was asked for.</summary>
    public IReadOnlyCollection<string> Asked => [.. _asked.Keys];

    /// <summary>Shared ids of the conversations in which something was accepted since it was last asked.</summary>
    public IReadOnlySet<string> TakeNew()
    {
        lock (_gate)
        {
            var touched = _touched;
            _touched = new HashSet<string>(StringComparer.Ordinal);
            return touched;
        }
    }

    public void Ask(string mark) => _asked.TryAdd(mark, 0);

    public void Repeat(bool hadBeenAccepted)
    {
        lock (_gate)
        {
            Repeated++;
            RepeatedInVain += hadBeenAccepted ? 1 : 0;
        }
    }

    /// <summary>It was answered that it is accepted. Once it has an id, it has no other one.</summary>
    public void Accept(string mark, string id, string conversation)
    {
        lock (_gate)
            _touched.Add(conversation);
        Assert.Equal(id, _accepted.GetOrAdd(mark, id));
    }
}
