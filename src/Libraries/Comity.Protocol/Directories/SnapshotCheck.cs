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
        var (header, refusal) = CheckHeader(pinnedRoot, snapshot.Root, snapshot.Delegation, snapshot.Header, now);
        if (header is null)
        {
            return (null, refusal);
        }

        return
            header.Value.Count == snapshot.Entries.Count
            && header.Value.Entries == SnapshotFile.DigestOf(snapshot.Entries)
            ? (header, null)
            : (null, FollowingRefusal.EntriesDiffer);
    }

    /// <summary>Checks a header by itself; without a time, at the time at which it says that it was made.</summary>
    public static (SignedPayload<SnapshotHeader>? Header, FollowingRefusal? Refusal) CheckHeader(
        Digest pinnedRoot,
        ReadOnlyMemory<byte> rootOctets,
        ReadOnlyMemory<byte> delegationOctets,
        ReadOnlyMemory<byte> headerOctets,
        DateTime? now
    )
    {
        if (Digest.Of(rootOctets.Span) != pinnedRoot)
        {
            return (null, FollowingRefusal.OtherRoot);
        }

        var root = DirectoryDocuments.ReadRoot(rootOctets);
        var delegation = DirectoryDocuments.ReadDelegation(delegationOctets);
        var header = DirectoryDocuments.ReadHeader(headerOctets);
        if (!root.IsGood || !delegation.IsGood || !header.IsGood)
        {
            return (null, FollowingRefusal.Malformed);
        }

        var at = now ?? header.Value.Value.Created;
        var refusal =
            CheckDelegation(root.Value, delegation.Value, pinnedRoot, at)
            ?? CheckHeader(header.Value, delegation.Value.Value, at);
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
}
