using System.Globalization;
using Comity.OpenPgp;
using Comity.Protocol.Directories;

namespace Comity.Protocol.Evidence;

/// <summary>The lines on directories and entries; what comes out is what the other lines may rely on.</summary>
internal static class EntryLines
{
    public static IReadOnlyList<CheckedEntry> Verify(EvidenceFile file, TrustFile trust, List<EvidenceLine> lines)
    {
        var listed = new Dictionary<Digest, string>();
        for (var i = 0; i < file.Directories.Count; i++)
        {
            lines.Add(DirectoryLine(EvidenceVerifier.At("directories", i), file.Directories[i], trust, listed));
        }

        var trusted = new List<CheckedEntry>();
        var compromised = Compromised(file);
        for (var i = 0; i < file.Entries.Count; i++)
        {
            var item = EvidenceVerifier.At("entries", i);
            lines.Add(EntryLine(item, file.Entries[i], trust, listed, compromised, trusted));
        }

        return trusted;
    }

    /// <summary>
    /// Participant keys that any entry in the file shows revoked as compromised. A revocation proves itself, whoever
    /// shows it; and what such a key vouched for is worth nothing, whenever it says that it did.
    /// </summary>
    private static HashSet<string> Compromised(EvidenceFile file) =>
        [
            .. file
                .Entries.Select(octets => EntryCheck.Take(octets).Entry?.Participant)
                .OfType<Certificate>()
                .Where(key => key.Standing(KeyUse.Certify, DateTime.MaxValue) == KeyStanding.RevokedCompromised)
                .Select(key => key.Fingerprint),
        ];

    private static EvidenceLine DirectoryLine(
        string item,
        EvidenceDirectory directory,
        TrustFile trust,
        Dictionary<Digest, string> listed
    )
    {
        var root = Digest.Of(directory.Root.Span);
        const string Text = "A directory vouches for entries.";
        if (!trust.Roots.Contains(root))
        {
            return Failed(
                item,
                Text,
                "root-not-trusted",
                $"The trust file does not name this directory root. If you know it to be right, add it: {root}"
            );
        }

        var (header, refusal) = SnapshotCheck.CheckHeader(
            root,
            directory.Root,
            directory.Delegation,
            directory.Header,
            null
        );
        if (header is null)
        {
            return Failed(
                item,
                Text,
                "directory-not-valid",
                $"The directory's signatures do not lead up to its root ({refusal}). Ask for a file with the directory's documents as they were served."
            );
        }

        var digest = Digest.Of(directory.Entries.SelectMany(entry => entry.ToOctets()).ToArray());
        if (digest != header.Value.Entries || header.Value.Count != directory.Entries.Count)
        {
            return Failed(
                item,
                Text,
                "entries-differ",
                "The list of entries is not the one that the directory signed. Ask for the file again."
            );
        }

        var name = string.Create(
            CultureInfo.InvariantCulture,
            $"snapshot {header.Value.Number} of the directory of {header.Value.Directory}"
        );
        foreach (var entry in directory.Entries)
        {
            listed.TryAdd(entry, name);
        }

        return new EvidenceLine(
            EvidenceVerdict.Proven,
            item,
            $"{char.ToUpperInvariant(name[0])}{name[1..]} is signed up to the trusted root and lists {directory.Entries.Count.ToString(CultureInfo.InvariantCulture)} entries."
        );
    }

    private static EvidenceLine EntryLine(
        string item,
        ReadOnlyMemory<byte> octets,
        TrustFile trust,
        Dictionary<Digest, string> listed,
        HashSet<string> compromised,
        List<CheckedEntry> trusted
    )
    {
        var form = DirectoryDocuments.ReadEntry(octets);
        var checking = form.IsGood
            ? EntryCheck.Check(octets, form.Value.Value.Issued)
            : new EntryChecking(null, EntryFault.Malformed);
        if (!checking.IsGood)
        {
            return Failed(
                item,
                "A directory entry.",
                "entry-not-valid",
                $"The entry's own signatures do not hold ({checking.Fault}). It was changed, or is not what the participant signed."
            );
        }

        var entry = checking.Entry;
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"Entry {entry.Source.Value.Sequence} of {entry.Core.Code}, participant key {entry.Fingerprint}"
        );
        if (compromised.Contains(entry.Fingerprint))
        {
            return Failed(
                item,
                text,
                "participant-key-compromised",
                "An entry in the file shows this participant key revoked as compromised: nothing that it vouched for counts."
            );
        }

        var named = trust.Participants.GetValueOrDefault(entry.Core.Code);
        if (named is not null && named != entry.Fingerprint)
        {
            return Failed(
                item,
                text,
                "other-participant-key",
                $"The trust file names another key for {entry.Core.Code}. Compare fingerprints with {entry.Core.Code} out of band."
            );
        }

        var by = named is not null ? "the trust file" : listed.GetValueOrDefault(Digest.Of(octets.Span));
        if (by is null)
        {
            return Failed(
                item,
                text,
                "participant-not-trusted",
                $"Neither the trust file nor a trusted directory vouches for it. If you have compared it with {entry.Core.Code}, add the fingerprint to the trust file."
            );
        }

        trusted.Add(entry);
        return new EvidenceLine(EvidenceVerdict.Proven, item, $"{text}: vouched for by {by}.");
    }

    private static EvidenceLine Failed(string item, string text, string code, string reason) =>
        new(EvidenceVerdict.Failed, item, text, code, reason);
}
