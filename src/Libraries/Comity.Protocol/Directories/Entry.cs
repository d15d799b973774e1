namespace Comity.Protocol.Directories;

/// <summary>
/// A participant's entry (<c>comity/entry+v1</c>), signed by its entry key: the newest valid <see cref="Sequence"/>
/// wins whatever the source.
/// </summary>
public sealed record Entry
{
    /// <summary>The participant's code; the same as in the core.</summary>
    public required ParticipantCode Code { get; init; }

    /// <summary>1 for the first entry, then growing.</summary>
    public required long Sequence { get; init; }

    /// <summary>Digest of the exact octets of the signed entry before; absent for the first.</summary>
    public Digest? Previous { get; init; }

    /// <summary>When it was signed; UTC.</summary>
    public required DateTime Issued { get; init; }

    /// <summary>Until when it holds; UTC.</summary>
    public required DateTime ValidUntil { get; init; }

    /// <summary>The participant's OpenPGP certificate; its primary fingerprint is the participant's identity.</summary>
    public required ReadOnlyMemory<byte> Certificate { get; init; }

    /// <summary>Exact octets of the core.</summary>
    public required ReadOnlyMemory<byte> Core { get; init; }

    /// <summary>The participant key's statement on the digest of the core (an OpenPGP signature with a notation).</summary>
    public required ReadOnlyMemory<byte> CoreCertification { get; init; }

    /// <summary>Where the participant key changed: the old key's statement on the new one.</summary>
    public Succession? Succession { get; init; }

    /// <summary>Salted digests of the sections.</summary>
    public IReadOnlyList<SectionDigest> Sections { get; init; } = [];
}

/// <summary>The statement of an old participant key that a new one follows it.</summary>
/// <param name="OldCertificate">The old certificate.</param>
/// <param name="Statement">The old primary's statement on the new fingerprint (an OpenPGP signature with a notation).</param>
public sealed record Succession(ReadOnlyMemory<byte> OldCertificate, ReadOnlyMemory<byte> Statement);

/// <summary>What an entry says of a section: enough to verify it, nothing to guess it from.</summary>
/// <param name="Name">Its name (<c>contacts</c>).</param>
/// <param name="Audience">Who may read it, in the directory's words.</param>
/// <param name="Digest">SHA-256 of the salt's 32 octets followed by the section's octets.</param>
public sealed record SectionDigest(string Name, string Audience, Digest Digest);

/// <summary>A section with its salt, fetched separately by those entitled; erased, it leaves only its digest.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Audience">Who may read it.</param>
/// <param name="Salt">32 random octets.</param>
/// <param name="Content">Its octets.</param>
public sealed record Section(string Name, string Audience, ReadOnlyMemory<byte> Salt, ReadOnlyMemory<byte> Content)
{
    /// <summary>What the entry says of it.</summary>
    public SectionDigest ToDigest() => new(Name, Audience, Digest.Of([.. Salt.Span, .. Content.Span]));
}
