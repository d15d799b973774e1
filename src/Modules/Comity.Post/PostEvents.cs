using Comity.Kernel.Data;
using Comity.Protocol;
using Comity.Protocol.Signing;

namespace Comity.Post;

/// <summary>Who is known to the directory by node key. Directory implements it; Post asks before it reads a body.</summary>
public interface IPeers
{
    /// <summary>The peer that owns this key, or null where no followed directory delegates it to anybody.</summary>
    ValueTask<Peer?> FindAsync(NodePublicKey key, CancellationToken cancellationToken);
}

/// <summary>A node as the directory knows it.</summary>
/// <param name="Key">The key that signs its requests.</param>
/// <param name="Participants">The participants that delegated this key and so are served by the node.</param>
/// <param name="ValidUntil">The end of the delegation (UTC).</param>
/// <param name="Node">The base URL of the node, as its entry gives it.</param>
public sealed record Peer(
    NodePublicKey Key,
    IReadOnlyCollection<ParticipantCode> Participants,
    DateTime ValidUntil,
    Uri Node
);

/// <summary>
/// Takes what came from a peer whose signature over exactly these octets holds. Exchange implements it. It commits
/// before it answers; an exception tells the peer to try again.
/// </summary>
public interface IEnvelopeReceiver
{
    /// <summary>An envelope (message/rfc822) that came to the inbox.</summary>
    Task<Reception> ReceiveEnvelopeAsync(
        ReadOnlyMemory<byte> envelope,
        Peer sender,
        CancellationToken cancellationToken
    );

    /// <summary>A signed document that came back later: a receipt, an error notice.</summary>
    Task<Reception> ReceiveReturnAsync(ReadOnlyMemory<byte> document, Peer sender, CancellationToken cancellationToken);
}

/// <summary>What became of something that came in.</summary>
public abstract record Reception
{
    private Reception() { }

    /// <summary>Envelope, receipt and everything that follows from them are committed.</summary>
    /// <param name="Receipt">The exact octets of the receipt; empty for a return, which is answered by nothing.</param>
    public sealed record Accepted(ReadOnlyMemory<byte> Receipt) : Reception;

    /// <summary>The envelope is durable and has not been opened; its receipt follows as a return.</summary>
    public sealed record StoredForLater : Reception;

    /// <summary>Too much at once from this peer. Nothing was kept; the sender tries again after the time named.</summary>
    public sealed record PutOff(TimeSpan Wait) : Reception;

    /// <summary>Refused. The sender is told nothing but that; the reason stays in the local log.</summary>
    /// <param name="Reason">Stable code for the log, such as "signer-wrong"; never content.</param>
    /// <param name="EnvelopeDigest">Which envelope it was, where it could be told.</param>
    public sealed record Refused(string Reason, Digest? EnvelopeDigest) : Reception;
}

/// <summary>Where at a node a parcel goes.</summary>
public enum ParcelRoute
{
    /// <summary>A sealed envelope, answered with a receipt.</summary>
    Inbox,

    /// <summary>A signed document that answers an envelope.</summary>
    Returns,
}

/// <summary>Sealed or signed octets on their way to one node.</summary>
/// <param name="Sink">The name of the <see cref="IParcelSink"/> that is told what becomes of it.</param>
/// <param name="Reference">The sink's own name for it, such as the id of a dispatch; not content.</param>
/// <param name="Node">The base URL of the recipient's node.</param>
/// <param name="Route">Inbox or returns.</param>
/// <param name="Octets">Exactly what is sent; stored as it is, so it is sealed or meant for any eye.</param>
/// <param name="Kept">The blob that has these octets already; then the post keeps none of its own, and sends that.</param>
public sealed record NewParcel(
    string Sink,
    string Reference,
    Uri Node,
    ParcelRoute Route,
    ReadOnlyMemory<byte> Octets,
    Guid? Kept = null
);

/// <summary>Where a parcel stands.</summary>
public enum ParcelState
{
    /// <summary>Accepted here; it is tried until it is answered or patience ends.</summary>
    Waiting,

    /// <summary>The peer has it and will send the receipt later.</summary>
    HandedOver,

    /// <summary>Answered: with its receipt, if it went to an inbox.</summary>
    Delivered,

    /// <summary>Given up.</summary>
    NotDelivered,
}

/// <summary>
/// Whoever handed a parcel in hears what becomes of it, in the transaction that settles the parcel: both are durable or
/// neither is.
/// </summary>
public interface IParcelSink
{
    /// <summary>The name under which parcels refer to it.</summary>
    string Name { get; }

    /// <summary>
    /// Whether a parcel that waited may go as it is. Asked before each further attempt: what it was sealed to may have
    /// been taken back, or the office moved to another node.
    /// </summary>
    Task<bool> MayStillGoAsync(string reference, Uri node, CancellationToken cancellationToken);

    /// <summary>The parcel will not go as it is and is forgotten, in the same transaction; the sink hands in another or waits.</summary>
    Task ParcelWithdrawnAsync(AppDb db, string reference, CancellationToken cancellationToken);

    /// <summary>
    /// Whether these octets are the receipt for this parcel. Asked before the transaction, with the time that a
    /// signature takes; an answer that is none counts as a failed attempt.
    /// </summary>
    Task<bool> IsReceiptAsync(string reference, ReadOnlyMemory<byte> receipt, CancellationToken cancellationToken);

    /// <summary>
    /// The parcel came to a new state: handed over, delivered, not delivered. Also where it still waits, and its node
    /// refused it for the first time: it is tried again, because that node may only not know this one yet.
    /// </summary>
    Task ParcelMovedAsync(AppDb db, ParcelNews news, CancellationToken cancellationToken);
}

/// <summary>What became of a parcel.</summary>
/// <param name="Parcel">Its id.</param>
/// <param name="Reference">The sink's own name for it.</param>
/// <param name="State">The state that it came to.</param>
/// <param name="At">When, by the clock of this node (UTC).</param>
/// <param name="Receipt">The exact octets of the receipt, where there is one.</param>
/// <param name="Cause">
/// Why it was not delivered ("refused", "http-413", "address-not-https", "patience-over"), or not yet ("refused-so-far", "clocks-apart");
/// else empty.
/// </param>
public sealed record ParcelNews(
    Guid Parcel,
    string Reference,
    ParcelState State,
    DateTime At,
    ReadOnlyMemory<byte> Receipt,
    string Cause
);
