using Comity.OpenPgp;
using Comity.Protocol;
using Comity.Protocol.Directories;
using Comity.Protocol.Signing;

namespace Comity.Libraries.Tests.Protocol.Directories;

/// <summary>The invented directory QZ: two of three roots, one directory key.</summary>
internal static class Publisher
{
    public static readonly ParticipantCode Code = ParticipantCode.Parse("QZ");
    public static readonly SecretKey[] Roots = [.. Enumerable.Range(0, 3).Select(_ => Key(KeyProfile.DirectoryRoot))];
    public static readonly SecretKey DirectoryKey = Key(KeyProfile.Directory);
    public static readonly byte[] Root = DirectoryDocuments.Write(RootOf(Roots));
    public static readonly Digest Pinned = Digest.Of(Root);

    public static FollowingState Start => FollowingState.Start(Pinned);

    public static DirectoryRoot RootOf(SecretKey[] keys, int threshold = 2) =>
        new()
        {
            Directory = Code,
            Threshold = threshold,
            Certificates = [.. keys.Select(key => new ReadOnlyMemory<byte>(key.Certificate.ToOctets()))],
            Created = World.Made,
        };

    public static SignedPayload<DirectoryDelegation> Delegation(
        SecretKey[]? signers = null,
        int days = 80,
        Digest? root = null,
        string directory = "QZ"
    ) =>
        DirectoryDocuments.Sign(
            new DirectoryDelegation
            {
                Directory = ParticipantCode.Parse(directory),
                Root = root ?? Pinned,
                Certificate = DirectoryKey.Certificate.ToOctets(),
                From = World.Made,
                Until = World.Made.AddDays(days),
            },
            signers ?? Roots[..2],
            World.Made
        );

    public static Snapshot Snapshot(
        long number = 1,
        Digest? previous = null,
        SignedPayload<Entry>[]? entries = null,
        SignedPayload<DirectoryDelegation>? delegation = null,
        Func<SnapshotHeader, SnapshotHeader>? change = null,
        SecretKey? signer = null,
        DateTime? created = null
    )
    {
        List<ReadOnlyMemory<byte>> list = [.. (entries ?? Entries()).Select(entry => entry.Octets)];
        var at = created ?? World.Now.AddMinutes(-5);
        var header = new SnapshotHeader
        {
            Directory = Code,
            Number = number,
            Previous = number == 1 ? null : previous ?? Digest.Of("before"u8),
            Created = at,
            Expires = at.AddDays(7),
            Count = list.Count,
            Entries = SnapshotFile.DigestOf(list),
        };
        var signed = DirectoryDocuments.Sign(change?.Invoke(header) ?? header, signer ?? DirectoryKey, at);
        return new Snapshot(Root, (delegation ?? Delegation()).Octets, signed.Octets, list);
    }

    public static SignedPayload<Entry>[] Entries() => [World.Qm.Entry(), World.Qn.Entry()];

    public static Digest HeaderDigest(Snapshot snapshot) => Digest.Of(snapshot.Header.Span);

    private static SecretKey Key(KeyProfile profile) =>
        SecretKey.Create(profile, "QZ directory <directory@qz.example>", World.Made, TimeSpan.FromDays(1000));
}
