using Comity.Directory;
using Comity.Kernel;
using Comity.Post;
using Comity.Protocol.Signing;

namespace Comity.Exchange.Announcing;

/// <summary>
/// A node says that the entry of a participant of it is newer. Nothing in the notice is taken: the directory asks the node
/// that it has for that participant, and judges what comes.
/// </summary>
internal sealed class HearOfEntry(DirectoryCommands directory, TimeProvider clock)
{
    private static readonly TimeSpan Leeway = TimeSpan.FromMinutes(10);

    // As long as a notice is carried.
    private static readonly TimeSpan Oldest = TimeSpan.FromDays(5);

    public async Task<Reception> ReceiveAsync(SignedPayload<KeyNotice> notice, Peer sender, CancellationToken ct)
    {
        var (says, now) = (notice.Value, clock.Utc());
        if (!notice.Document.IsSignedBy(sender.Key) || !sender.Participants.Contains(says.Of))
            return new Reception.Refused("key-notice-not-theirs", null);
        if (says.At > now + Leeway || says.At < now - Oldest - Leeway)
            return new Reception.Refused("key-notice-time", null);
        await directory.LookAnewAsync(says.Of, says.Sequence, ct);
        return new Reception.Accepted(ReadOnlyMemory<byte>.Empty);
    }
}
