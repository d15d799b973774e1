using System.Diagnostics.CodeAnalysis;
using Comity.OpenPgp;
using Comity.Protocol.Signing;

namespace Comity.Protocol.Directories;

/// <summary>Why a directory entry is not valid.</summary>
public enum EntryFault
{
    /// <summary>Not a signed entry in its only form.</summary>
    Malformed,

    /// <summary>The participant's certificate cannot be read, or is of a kind that is not allowed.</summary>
    CertificateRefused,

    /// <summary>The participant key is revoked.</summary>
    ParticipantKeyRevoked,

    /// <summary>No signature by the participant's entry key, or one that does not hold.</summary>
    NotSigned,

    /// <summary>The core is not one.</summary>
    CoreMalformed,

    /// <summary>Entry and core name different participants.</summary>
    CodeDiffers,

    /// <summary>The participant key does not vouch for this core.</summary>
    CoreNotCertified,

    /// <summary>An office's certificate is not certified by the participant key.</summary>
    OfficeKeyNotCertified,

    /// <summary>An office's certificate cannot be read, or is of a kind that is not allowed: version 6, a weak algorithm.</summary>
    OfficeKeyRefused,

    /// <summary>Signed more than ten minutes ahead of our clock.</summary>
    FromTheFuture,
}

/// <summary>A valid entry, taken apart.</summary>
/// <param name="Source">The entry with its exact octets.</param>
/// <param name="Core">Its core.</param>
/// <param name="Participant">The participant's certificate.</param>
public sealed record CheckedEntry(SignedPayload<Entry> Source, EntryCore Core, Certificate Participant)
{
    /// <summary>The participant's identity.</summary>
    public string Fingerprint => Participant.Fingerprint;

    /// <summary>When the entry key signed, as its signature says; UTC.</summary>
    public DateTime SignedAt => Source.Document.Verify(Participant)?.SignedAt ?? default;

    /// <summary>When the participant key vouched for the core, as its statement says; UTC.</summary>
    public DateTime CoreCertified => CoreStatement(now: null).SignedAt;

    /// <summary>Whether the core is the same, octet for octet.</summary>
    public bool HasCoreOf(CheckedEntry other) => Source.Value.Core.Span.SequenceEqual(other.Source.Value.Core.Span);

    /// <summary>Whether the participant key is revoked at that time.</summary>
    public bool IsRevoked(DateTime now) =>
        Participant.Standing(KeyUse.Certify, now) is KeyStanding.Revoked or KeyStanding.RevokedCompromised;

    /// <summary>Whether the old participant key has named the one of this entry as the key that follows it.</summary>
    /// <param name="old">The entry under the old key.</param>
    /// <param name="oldKey">The newest certificate of the old key that is known: what is revoked names nobody any more.</param>
    /// <param name="now">The present, UTC.</param>
    public bool Succeeds(CheckedEntry old, Certificate oldKey, DateTime now) =>
        oldKey.Fingerprint == old.Fingerprint
        && Source.Value.Succession is { } succession
        && oldKey
            .VerifyStatement(succession.Statement.Span, DirectoryDocuments.SuccessorNotation, Fingerprint, now)
            .IsGood;

    /// <summary>
    /// Whether the certificate of this entry shows the key that signed the other one to be compromised: then the other's
    /// sequence and times are a thief's to choose, and say nothing.
    /// </summary>
    public bool TakesBack(CheckedEntry other) =>
        other.Fingerprint == Fingerprint
        && other.Source.Document.Verify(Participant)?.Standing == KeyStanding.RevokedCompromised;

    internal SignatureCheck CoreStatement(DateTime? now) =>
        Participant.VerifyStatement(
            Source.Value.CoreCertification.Span,
            DirectoryDocuments.CoreNotation,
            Digest.Of(Source.Value.Core.Span).Value,
            now
        );

    /// <summary>Reads the certificate of an office; null where it has none.</summary>
    public Certificate? OfficeCertificate(OfficeName name) =>
        Core.Office(name)?.Certificate is { } octets ? Certificate.Read(octets).Certificate : null;
}

/// <summary>A valid entry, or why there is none.</summary>
/// <param name="Entry">The entry.</param>
/// <param name="Fault">Why not.</param>
public sealed record EntryChecking(CheckedEntry? Entry, EntryFault? Fault)
{
    /// <summary>Whether it is valid.</summary>
    [MemberNotNullWhen(true, nameof(Entry))]
    [MemberNotNullWhen(false, nameof(Fault))]
    public bool IsGood => Entry is not null;
}

/// <summary>
/// Checks a directory entry by itself: signed by the participant's entry key, its core vouched for by the participant
/// key, every office key certified by it. Whose key it is, is for the follower to know.
/// </summary>
public static class EntryCheck
{
    internal static readonly TimeSpan ClockLeeway = TimeSpan.FromMinutes(10);

    /// <summary>Checks the exact octets of a signed entry.</summary>
    /// <param name="octets">The octets.</param>
    /// <param name="now">The present, UTC.</param>
    public static EntryChecking Check(ReadOnlyMemory<byte> octets, DateTime now)
    {
        var reading = Take(octets);
        return reading.IsGood && FaultOf(reading.Entry, now) is { } fault ? Bad(fault) : reading;
    }

    /// <summary>
    /// Takes an entry apart that was found valid when it was taken and has been in our own storage since; its
    /// signatures are not judged again. Null where it cannot be read.
    /// </summary>
    public static CheckedEntry? FromOwnStorage(ReadOnlyMemory<byte> octets) => Take(octets).Entry;

    internal static EntryChecking Take(ReadOnlyMemory<byte> octets)
    {
        var reading = DirectoryDocuments.ReadEntry(octets);
        if (!reading.IsGood)
        {
            return Bad(EntryFault.Malformed);
        }

        var entry = reading.Value.Value;
        if (Certificate.Read(entry.Certificate).Certificate is not { } participant)
        {
            return Bad(EntryFault.CertificateRefused);
        }

        var core = EntryCoreJson.Read(entry.Core);
        if (!core.IsGood)
        {
            return Bad(EntryFault.CoreMalformed);
        }

        return new EntryChecking(new CheckedEntry(reading.Value, core.Value, participant), null);
    }

    private static EntryFault? FaultOf(CheckedEntry read, DateTime now)
    {
        var entry = read.Source.Value;
        if (entry.Issued > now + ClockLeeway)
        {
            return EntryFault.FromTheFuture;
        }

        if (read.IsRevoked(now))
        {
            return EntryFault.ParticipantKeyRevoked;
        }

        if (read.Source.Document.Verify(read.Participant) is not { IsGood: true })
        {
            return EntryFault.NotSigned;
        }

        if (read.Core.Code != entry.Code)
        {
            return EntryFault.CodeDiffers;
        }

        if (!read.CoreStatement(now).IsGood)
        {
            return EntryFault.CoreNotCertified;
        }

        return read
            .Core.Offices.Select(office => FaultOf(office, read.Participant, entry.Issued))
            .FirstOrDefault(fault => fault is not null);
    }

    private static EntryFault? FaultOf(OfficeEntry office, Certificate participant, DateTime at)
    {
        if (office.Certificate is not { } octets)
        {
            return null;
        }

        return Certificate.Read(octets).Certificate is not { } certificate ? EntryFault.OfficeKeyRefused
            : certificate.IsCertifiedBy(participant, at) ? null
            : EntryFault.OfficeKeyNotCertified;
    }

    private static EntryChecking Bad(EntryFault fault) => new(null, fault);
}
