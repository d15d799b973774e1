namespace Comity.Post.Sending;

/// <summary>The circuits of all peers, by node. In memory only: after a start every peer gets a new chance.</summary>
internal sealed class Circuits(TimeProvider clock)
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, Circuit> byNode = new(StringComparer.Ordinal);
    private readonly HashSet<string> heard = new(StringComparer.Ordinal);

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
    /// <returns>
    /// Whether others may be waiting for it: it had failed before, or it is heard of for the first time since the start,
    /// and what failed before that is not known here.
    /// </returns>
    public bool Alive(Uri node)
    {
        lock (gate)
        {
            var failed = byNode.Remove(Key(node), out var before) && before.Failures > 0;
            return heard.Add(Key(node)) || failed;
        }
    }

    /// <summary>The request did not go after all, so nothing is known of the peer.</summary>
    public void Forget(Uri node)
    {
        lock (gate)
        {
            byNode.Remove(Key(node));
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
