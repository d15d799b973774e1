using Comity.Kernel.Data;
using Comity.Protocol;

namespace Comity.Directory;

/// <summary>
/// What others may hear of the directory. Called inside the write that stores the newer entry, so that what follows
/// from it is committed together with it; a listener only writes, it neither waits nor sends.
/// </summary>
public interface IDirectoryListener
{
    /// <summary>An office had no key that could be sealed to, and has one now.</summary>
    Task KeyBecameUsableAsync(AppDb db, OfficeName office, CancellationToken ct);

    /// <summary>An office of this node has a new private key, and signs with it from now on.</summary>
    Task OwnKeyCameIntoUseAsync(AppDb db, OfficeName office, CancellationToken ct);
}

/// <summary>
/// What others may hear of this node's own entries. Called inside the write that stores the newer one, like
/// <see cref="IDirectoryListener"/>.
/// </summary>
public interface IOwnEntryListener
{
    /// <summary>The keys, the node or the offices in the entry of a participant of this node are others than before.</summary>
    Task OwnEntryChangedAsync(AppDb db, ParticipantCode participant, CancellationToken ct);
}
