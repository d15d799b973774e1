using Comity.Fuzz.Tests.Engine;
using Comity.Protocol;
using Comity.Protocol.Directories;
using Comity.Protocol.Signing;

namespace Comity.Fuzz.Tests.Targets;

/// <summary>
/// A snapshot, read and followed: 0 the whole file, 1 the payload of its header, 2 of its delegation, 3 one of its
/// entries. 1, 2 and 3 are signed as a directory manager, or its root, that means harm would sign them.
/// </summary>
internal sealed class SnapshotTarget : Target
{
    private static readonly FollowingState Start = FollowingState.Start(Digest.Of(Papers.Root));
    private static readonly byte[] Entry = Papers.Entry.Octets.ToArray();
    private static readonly byte[] Delegation = Papers.Delegation.Octets.ToArray();
    private static readonly SignedPayload<SnapshotHeader> Empty = Papers.Header();

    public override string Name => "snapshot";

    public override int Modes => 4;

    public override string Shares => "000000000123";

    public override (long Base, long PerOctet) Allowance => (4 << 20, 600);

    public override string Tokens =>
        """
            root delegation header entries type payload signatures key value comity/snapshot+v1 comity/directory-delegation+v1
            comity/entry+v1 directory number previous created expires count threshold certificates certificate from until
            critical QZ QM sha256: 2026-04-10T08:00:00.000Z AAAA 5000 5001
            """;

    public override IEnumerable<byte[]> Seeds() =>
        [
            InMode(
                '0',
                SnapshotFile.Write(new Snapshot(Papers.Root, Delegation, Papers.Header(Entry).Octets, [Entry]))
            ),
            InMode('0', SnapshotFile.Write(new Snapshot(Papers.Root, Delegation, Empty.Octets, []))),
            InMode('1', Empty.Document.Payload.Span),
            InMode('2', Papers.Delegation.Document.Payload.Span),
            InMode('3', Entry),
        ];

    public override Func<string> Prepare(byte[] input)
    {
        var (mode, payload) = Split(input);
        var snapshot = mode switch
        {
            '1' => Of(
                Delegation,
                Papers.Signed(DocumentTypes.Snapshot, payload, Cast.Manager, Cast.Now.AddMinutes(-5))
            ),
            '2' => Of(
                Papers.Signed(DocumentTypes.DirectoryDelegation, payload, Cast.Root, Cast.Made),
                Empty.Octets.ToArray()
            ),
            '3' => Of(Delegation, Papers.Header(payload).Octets.ToArray(), payload),
            _ => null,
        };
        return snapshot is null ? () => Read(payload) : () => Follow(snapshot);
    }

    private static Snapshot Of(byte[] delegation, byte[] header, params byte[][] entries) =>
        new(Papers.Root, delegation, header, [.. entries]);

    private static string Read(byte[] octets)
    {
        var reading = SnapshotFile.Read(octets);
        return reading.IsGood ? Follow(reading.Value) : $"{reading.Fault.Code}";
    }

    private static string Follow(Snapshot snapshot)
    {
        var outcome = Following.Follow(Start, snapshot, [], [], Cast.Now);
        if (outcome.Refusal is { } refusal)
            return $"{refusal}";
        if (outcome.State.Number < 1)
            throw new BrokenPromiseException("A snapshot was followed and the number did not grow.");
        return $"followed, {string.Join(' ', outcome.Entries.Take(1).Select(entry => $"{entry.Result}"))}";
    }
}
