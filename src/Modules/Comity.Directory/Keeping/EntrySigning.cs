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
        return Sign(
            Next(home, now) with
            {
                Certificate = participantKey.Certificate.ToOctets(),
                Core = octets,
                CoreCertification = participantKey.CertifyStatement(
                    DirectoryDocuments.CoreNotation,
                    Digest.Of(octets).Value,
                    now
                ),
            },
            participantKey,
            now
        );
    }

    private static Entry Next(HomeParticipant home, DateTime now) =>
        new()
        {
            Code = home.Code,
            Sequence = home.Sequence + 1,
            Previous = home.Sequence == 0 ? null : home.Entry,
            Issued = Instants.InMilliseconds(now),
            ValidUntil = Instants.InMilliseconds(now + EntryTerms.Entry),
            Certificate = ReadOnlyMemory<byte>.Empty,
            Core = ReadOnlyMemory<byte>.Empty,
            CoreCertification = ReadOnlyMemory<byte>.Empty,
        };

    private static CheckedEntry Sign(Entry entry, SecretKey key, DateTime now)
    {
        var ends = key.Certificate.UsableUntil(KeyUse.Sign);
        var bounded = ends < entry.ValidUntil ? entry with { ValidUntil = Instants.InMilliseconds(ends.Value) } : entry;
        SignedPayload<Entry> signed = DirectoryDocuments.Sign(bounded, key, now);
        var checking = EntryCheck.Check(signed.Octets, now);
        return checking.Entry
            ?? throw new InvalidOperationException($"This node signed an entry that is not valid: {checking.Fault}.");
    }
}
