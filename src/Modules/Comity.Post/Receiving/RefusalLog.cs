using Comity.Kernel;
using Comity.Kernel.Data;
using Comity.Kernel.Viewing;
using Comity.Kernel.Writing;
using Comity.Post.Data;
using Comity.Post.Quotas;
using Comity.Protocol;
using Comity.Protocol.Signing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Comity.Post.Receiving;

/// <summary>Who was refused, and why: codes and ids, never content.</summary>
internal sealed record RefusedRequest(
    string Route,
    string Reason,
    NodePublicKey? Key,
    Peer? Verified = null,
    Digest? Envelope = null
);

/// <summary>
/// Writes refusals to the log and into a bounded table. Strangers share one allowance and one part of the table; every
/// peer has its own. So neither can a flood fill the disk, nor can it wash away what somebody else left.
/// </summary>
internal sealed class RefusalLog(WriteGate gate, TimeProvider clock, ILogger<RefusalLog> log)
{
    public const int KeptOfStrangers = 500;
    public const int KeptOfEachPeer = 200;

    private static readonly Allowance Written = new(60, TimeSpan.FromMinutes(1));
    private static readonly Viewer Post = Viewer.System("post");

    private readonly Lock buckets = new();
    private readonly Dictionary<Holder, (TokenBucket Bucket, int Unwritten)> byWriter = [];

    public async Task WriteAsync(RefusedRequest refused, CancellationToken cancellationToken)
    {
        if (Admit(refused.Verified is { } peer ? Holder.Of(peer) : Holder.Stranger) is not { } unwritten)
        {
            return;
        }

        log.LogWarning(
            "Refused at {Route}: {Reason}, key {Key}, verified {Verified}, envelope {Envelope}; {Unwritten} more before it",
            refused.Route,
            refused.Reason,
            refused.Key?.Id,
            refused.Verified is not null,
            refused.Envelope?.Value,
            unwritten
        );
        await gate.WriteAsync(Post, (db, token) => AddAsync(db, refused, token), cancellationToken);
    }

    private async Task AddAsync(AppDb db, RefusedRequest refused, CancellationToken cancellationToken)
    {
        var verified = refused.Verified is not null;
        var keyId = refused.Key?.Id ?? "";
        var participants = Shortened(refused.Verified is { } peer ? Holder.Of(peer).Participants : "");
        var same = db.Set<Refusal>().Where(r => r.Verified == verified && r.Participants == participants);
        var kept = verified ? KeptOfEachPeer : KeptOfStrangers;
        var oldest = same.OrderByDescending(r => r.At).ThenByDescending(r => r.Id).Skip(kept - 1).Select(r => r.Id);
        await db.Set<Refusal>().Where(r => oldest.Contains(r.Id)).ExecuteDeleteAsync(cancellationToken);
        db.Add(
            new Refusal
            {
                Id = Ids.New(clock),
                At = clock.Utc(),
                KeyId = keyId,
                Verified = verified,
                Participants = participants,
                Route = refused.Route,
                Reason = refused.Reason,
                Envelope = refused.Envelope,
            }
        );
    }

    // Every peer shortens in the same way to the same words, so counting by them stays right enough for a log.
    private static string Shortened(string participants) =>
        participants.Length <= Refusal.LongestParticipants ? participants : participants[..Refusal.LongestParticipants];

    /// <summary>Null where it is one too many now; else how many were not written since the last that was.</summary>
    private int? Admit(Holder writer)
    {
        lock (buckets)
        {
            var now = clock.GetUtcNow();
            var (bucket, unwritten) = byWriter.GetValueOrDefault(writer, (TokenBucket.Full(Written, now), 0));
            bucket = bucket.RefilledAt(now, Written);
            if (bucket.Wait(1, Written) > TimeSpan.Zero)
            {
                byWriter[writer] = (bucket, unwritten + 1);
                return null;
            }

            byWriter[writer] = (bucket.Without(1), 0);
            return unwritten;
        }
    }
}
