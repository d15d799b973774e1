using Comity.Kernel;
using Comity.Kernel.Data;
using Comity.Post;
using Comity.Protocol;
using Comity.Protocol.Signing;

namespace Comity.Exchange.Receipts;

/// <summary>
/// Signed words of our node to another node, without content: why something was refused, or that something waits for a
/// key. Only to the address that the directory gives.
/// </summary>
internal sealed class Notices(NodeSigning node, PostCommands post, NoticeLimit limit)
{
    /// <summary>Something waits for an office whose key cannot be used.</summary>
    public const string WaitingForKey = "waiting-for-key";

    /// <summary>The message was made in what is the future here; it is kept until then.</summary>
    public const string ClockAhead = "clock-ahead";

    /// <summary>What the post calls a parcel of which nobody needs to hear again.</summary>
    public const string Reference = "notice";

    /// <summary>Hands a notice to the post, in the caller's write; false where that participant had enough of them.</summary>
    public async Task<bool> PostAsync(AppDb db, ErrorNotice notice, Uri address, CancellationToken ct)
    {
        if (!limit.TryTake(notice.To.Participant) || await node.SignAsync(db, notice, ct) is not { } signed)
            return false;
        var parcel = new NewParcel(ParcelSink.SinkName, Reference, address, ParcelRoute.Returns, signed);
        await post.PostAsync(db, parcel, ct);
        return true;
    }

    /// <summary>A receipt that follows later.</summary>
    public Task PostAsync(AppDb db, ReadOnlyMemory<byte> receipt, Uri address, CancellationToken ct) =>
        post.PostAsync(db, new NewParcel(ParcelSink.SinkName, Reference, address, ParcelRoute.Returns, receipt), ct);
}
