namespace Comity.Post.Sending;

/// <summary>The circuits of all peers, by node. In memory only: after a start every peer gets a new chance.</summary>
internal sealed class Circuits(TimeProvider clock)
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, Circuit> byNode = new(StringComparer.Ordinal);

    /// <summary>Null where a request may go; else when to ask again.</summary>
    public DateTimeOffset? Ask(Uri node)
    {
        lock (gate)
        {
            var answer = byNode.GetValueOrDefault(Key(node)).Ask(clock.GetUtcNow(), out var after);
            byNode[Key(node)] = after;
            return answer;
        }
    }

    /// <summary>The peer answered, whatever it said; or it called us.</summary>
    /// <returns>Whether it had failed before, so that others may be waiting for it.</returns>
    public bool Alive(Uri node)
    {
        lock (gate)
        {
            return byNode.Remove(Key(node), out var before) && before.Failures > 0;
        }
    }

    public void Failed(Uri node)
    {
        lock (gate)
        {
            byNode[Key(node)] = byNode.GetValueOrDefault(Key(node)).Failed(clock.GetUtcNow());
        }
    }

    private static string Key(Uri node) => node.GetLeftPart(UriPartial.Authority);
}
