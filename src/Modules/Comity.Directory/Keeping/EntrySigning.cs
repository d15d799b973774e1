using Comity.Directory.Data;
using Comity.OpenPgp;
using Comity.Protocol;
using Comity.Protocol.Directories;
using Comity.Protocol.Signing;

namespace Comity.Directory.Keeping;

/// <summary>
/// Builds and signs the next entry of a participant: with the entry key alone where the core stays as it is, with the
/// participant key where the core changes.
/// </summary>
internal static class EntrySigning
{
    /// <summary>The same core once more: a higher sequence and a later end.</summary>
    public static CheckedEntry Again(HomeParticipant home, SecretKey entryKey, DateTime now) =>
        Sign(
            Next(home, now) with
            {
                Certificate = home.Certificate,
                Core = home.Core,
                CoreCertification = home.CoreCertification,
            },
            entryKey,
            now
        );

    /// <summary>A changed core, for which the participant key vouches.</summary>
    public static CheckedEntry Changed(HomeParticipant home, EntryCore core, SecretKey participantKey, DateTime now)
    {
        var octets = EntryCoreJson.Write(core);
        var next = Next(home, now);
        return Sign(
            next with
            {
                Certificate = participantKey.Certificate.ToOctets(),
                Core = octets,
                CoreCertification = participantKey.CertifyStatement(
                    DirectoryDocuments.CoreNotation,
                    Digest.Of(octets).Value,
                    next.Issued
                ),
            },
            participantKey,
            now
        );
    }

    /// <summary>
    /// The same core under a certificate that shows the participant key revoked. It is not valid and is not meant to be:
    /// whoever holds an entry of that key sees the revocation in it, and lets go of what is held.
    /// </summary>
    public static CheckedEntry Revoked(
        HomeParticipant home,
        Certificate revoked,
        SecretKey participantKey,
        DateTime now
    )
    {
        var next = Next(home, now) with
        {
            Certificate = revoked.ToOctets(),
            Core = home.Core,
            CoreCertification = home.CoreCertification,
        };
        var signed = DirectoryDocuments.Sign(next, participantKey, next.Issued);
        return EntryCheck.FromOwnStorage(signed.Octets)
            ?? throw new InvalidOperationException("This node signed an entry that cannot be read.");
    }

    private static Entry Next(HomeParticipant home, DateTime now) =>
        new()
        {
            Code = home.Code,
            Sequence = home.Sequence + 1,
            Previous = home.Sequence == 0 ? null : home.Entry,
            Issued = Issued(home, now),
            ValidUntil = Instants.InMilliseconds(now + EntryTerms.Entry),
            Certificate = ReadOnlyMemory<byte>.Empty,
            Core = ReadOnlyMemory<byte>.Empty,
            CoreCertification = ReadOnlyMemory<byte>.Empty,
        };

    /// <summary>Followers take nothing that is older than what they hold; a clock that was set back must not look so.</summary>
    private static DateTime Issued(HomeParticipant home, DateTime now)
    {
        var before = home.Sequence == 0 ? now : home.ValidUntil - EntryTerms.Entry;
        return Instants.InMilliseconds(before > now && before <= now + EntryTerms.ClockLeeway ? before : now);
    }

    private static CheckedEntry Sign(Entry entry, SecretKey key, DateTime now)
    {
        var ends = key.Certificate.UsableUntil(KeyUse.Sign);
        var bounded = ends < entry.ValidUntil ? entry with { ValidUntil = Instants.InMilliseconds(ends.Value) } : entry;
        SignedPayload<Entry> signed = DirectoryDocuments.Sign(bounded, key, entry.Issued);
        var checking = EntryCheck.Check(signed.Octets, now);
        return checking.Entry
            ?? throw new InvalidOperationException($"This node signed an entry that is not valid: {checking.Fault}.");
    }
}
