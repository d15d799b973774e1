namespace Comity.Protocol.Directories;

/// <summary>
/// The root of a directory: k of n OpenPGP keys, held offline. Followers pin the SHA-256 of its exact octets.
/// </summary>
public sealed record DirectoryRoot
{
    /// <summary>The directory: the code of the participant that manages it.</summary>
    public required ParticipantCode Directory { get; init; }

    /// <summary>How many of the root keys must sign.</summary>
    public required int Threshold { get; init; }

    /// <summary>The OpenPGP certificates of the root keys.</summary>
    public required IReadOnlyList<ReadOnlyMemory<byte>> Certificates { get; init; }

    /// <summary>When it was made; UTC.</summary>
    public required DateTime Created { get; init; }
}

/// <summary>The roots' delegation to a directory key (<c>comity/directory-delegation+v1</c>), for at most 90 days.</summary>
public sealed record DirectoryDelegation
{
    /// <summary>The directory.</summary>
    public required ParticipantCode Directory { get; init; }

    /// <summary>Fingerprint of the root that delegates.</summary>
    public required Digest Root { get; init; }

    /// <summary>OpenPGP certificate of the directory key.</summary>
    public required ReadOnlyMemory<byte> Certificate { get; init; }

    /// <summary>From when; UTC.</summary>
    public required DateTime From { get; init; }

    /// <summary>Until when; UTC, exclusive.</summary>
    public required DateTime Until { get; init; }
}

/// <summary>The header of a snapshot (<c>comity/snapshot+v1</c>), signed by the directory key.</summary>
public sealed record SnapshotHeader
{
    /// <summary>The directory.</summary>
    public required ParticipantCode Directory { get; init; }

    /// <summary>1 for the first, then growing by one.</summary>
    public required long Number { get; init; }

    /// <summary>Digest of the exact octets of the signed header before; absent for the first.</summary>
    public Digest? Previous { get; init; }

    /// <summary>When it was signed; UTC.</summary>
    public required DateTime Created { get; init; }

    /// <summary>Until when it is fresh; UTC.</summary>
    public required DateTime Expires { get; init; }

    /// <summary>How many entries.</summary>
    public required int Count { get; init; }

    /// <summary>SHA-256 of the 32-octet digests of the signed entries, one after the other, in their order.</summary>
    public required Digest Entries { get; init; }
}

/// <summary>
/// A snapshot of a directory, byte-identical for every follower: root, delegation, header and entries, each with its
/// exact octets.
/// </summary>
/// <param name="Root">Exact octets of the root.</param>
/// <param name="Delegation">Exact octets of the signed delegation.</param>
/// <param name="Header">Exact octets of the signed header.</param>
/// <param name="Entries">Exact octets of each signed entry, in the order of the codes.</param>
public sealed record Snapshot(
    ReadOnlyMemory<byte> Root,
    ReadOnlyMemory<byte> Delegation,
    ReadOnlyMemory<byte> Header,
    IReadOnlyList<ReadOnlyMemory<byte>> Entries
);
