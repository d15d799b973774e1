using Comity.Protocol.Signing;

namespace Comity.Post.HttpSignatures;

internal enum NonceStanding
{
    New,
    Seen,
    TooMany,
}

/// <summary>
/// Remembers nonces for as long as the signatures that carry them could be accepted. It only narrows the window: what
/// makes an envelope count once, also after a restart, is the durable idempotency key of the exchange. Each key has its
/// own room, so that one peer cannot push out what is remembered of another.
/// </summary>
internal sealed class ReplayGuard(int perKey = 4096)
{
    private readonly Lock gate = new();
    private readonly Dictionary<NodePublicKey, Remembered> byKey = [];

    public NonceStanding Remember(NodePublicKey key, string nonce, DateTimeOffset until, DateTimeOffset now)
    {
        lock (gate)
        {
            if (!byKey.TryGetValue(key, out var remembered))
            {
                byKey[key] = remembered = new();
            }

            remembered.Forget(now);
            if (remembered.Nonces.Contains(nonce))
            {
                return NonceStanding.Seen;
            }

            if (remembered.Nonces.Count >= perKey)
            {
                return NonceStanding.TooMany;
            }

            remembered.Nonces.Add(nonce);
            remembered.Due.Enqueue(nonce, until);
            return NonceStanding.New;
        }
    }

    private sealed class Remembered
    {
        public HashSet<string> Nonces { get; } = new(StringComparer.Ordinal);

        public PriorityQueue<string, DateTimeOffset> Due { get; } = new();

        public void Forget(DateTimeOffset now)
        {
            while (Due.TryPeek(out var nonce, out var until) && until < now)
            {
                Due.Dequeue();
                Nonces.Remove(nonce);
            }
        }
    }
}
