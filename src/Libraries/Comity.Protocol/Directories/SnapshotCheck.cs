using Comity.OpenPgp;
using Comity.Protocol.Signing;

namespace Comity.Protocol.Directories;

/// <summary>Checks a snapshot from the pinned root down to the digest over its entries.</summary>
internal static class SnapshotCheck
{
    private static readonly TimeSpan LongestDelegation = TimeSpan.FromDays(90);
    private static readonly TimeSpan LongestFreshness = TimeSpan.FromDays(7);

    public static (SignedPayload<SnapshotHeader>? Header, FollowingRefusal? Refusal) Check(
        Digest pinnedRoot,
        Snapshot snapshot,
        DateTime now
    )
    {
        if (Digest.Of(snapshot.Root.Span) != pinnedRoot)
        {
            return (null, FollowingRefusal.OtherRoot);
        }

        var root = DirectoryDocuments.ReadRoot(snapshot.Root);
        var delegation = DirectoryDocuments.ReadDelegation(snapshot.Delegation);
        var header = DirectoryDocuments.ReadHeader(snapshot.Header);
        if (!root.IsGood || !delegation.IsGood || !header.IsGood)
        {
            return (null, FollowingRefusal.Malformed);
        }

        var refusal =
            CheckDelegation(root.Value, delegation.Value, pinnedRoot, now)
            ?? CheckHeader(header.Value, delegation.Value.Value, now)
            ?? CheckEntries(header.Value.Value, snapshot);
        return refusal is null ? (header.Value, null) : (null, refusal);
    }

    private static FollowingRefusal? CheckDelegation(
        DirectoryRoot root,
        SignedPayload<DirectoryDelegation> signed,
        Digest pinnedRoot,
        DateTime now
    )
    {
        var delegation = signed.Value;
        if (delegation.Directory != root.Directory || delegation.Root != pinnedRoot)
        {
            return FollowingRefusal.OtherDirectory;
        }

        if (delegation.Until - delegation.From > LongestDelegation)
        {
            return FollowingRefusal.DelegationTooLong;
        }

        if (now < delegation.From - EntryCheck.ClockLeeway || now >= delegation.Until)
        {
            return FollowingRefusal.DelegationNotValid;
        }

        // One key listed twice must not count twice.
        var signers = root
            .Certificates.Select(octets => Certificate.Read(octets).Certificate)
            .OfType<Certificate>()
            .DistinctBy(certificate => certificate.Fingerprint)
            .Count(certificate => signed.Document.Verify(certificate) is { IsGood: true });
        return signers < root.Threshold ? FollowingRefusal.TooFewRootSignatures : null;
    }

    private static FollowingRefusal? CheckHeader(
        SignedPayload<SnapshotHeader> signed,
        DirectoryDelegation delegation,
        DateTime now
    )
    {
        var header = signed.Value;
        if (header.Directory != delegation.Directory)
        {
            return FollowingRefusal.OtherDirectory;
        }

        if (
            Certificate.Read(delegation.Certificate).Certificate is not { } directoryKey
            || signed.Document.Verify(directoryKey) is not { IsGood: true }
        )
        {
            return FollowingRefusal.HeaderNotSigned;
        }

        if (header.Created < delegation.From || header.Created >= delegation.Until)
        {
            return FollowingRefusal.DelegationNotValid;
        }

        if (header.Created > now + EntryCheck.ClockLeeway)
        {
            return FollowingRefusal.FromTheFuture;
        }

        return header.Expires - header.Created > LongestFreshness ? FollowingRefusal.FreshTooLong : null;
    }

    private static FollowingRefusal? CheckEntries(SnapshotHeader header, Snapshot snapshot) =>
        header.Count == snapshot.Entries.Count && header.Entries == SnapshotFile.DigestOf(snapshot.Entries)
            ? null
            : FollowingRefusal.EntriesDiffer;
}
