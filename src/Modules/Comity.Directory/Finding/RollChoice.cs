using Comity.Directory.Data;
using Comity.OpenPgp;
using Comity.Protocol;
using Comity.Protocol.Directories;

namespace Comity.Directory.Finding;

/// <summary>
/// Chooses between sources. What this node signed for its own participants stands; otherwise the source that was added
/// first says which participant key it is, and under that key the highest sequence wins whatever the source.
/// </summary>
internal static class RollChoice
{
    /// <summary>How many persons must have compared a fingerprint.</summary>
    internal const int PersonsToConfirm = 2;

    public static RollEntry Of(
        IReadOnlyList<Sighting> sightings,
        IReadOnlyDictionary<Digest, CheckedEntry> entries,
        IReadOnlyList<KeyConfirmation> confirmations
    )
    {
        var inOrder = sightings
            .Select(s => (Source: s, Entry: entries.GetValueOrDefault(s.Current)))
            .Where(c => c.Entry is not null)
            .Select(c => (c.Source, Entry: c.Entry!))
            .OrderBy(c => c.Source.Rank)
            .ToList();
        var first = inOrder[0];
        var home = first.Source.Directory is null;
        var agreeing = inOrder.Where(c => c.Entry.Fingerprint == first.Entry.Fingerprint).ToList();
        var newest = home ? first : agreeing.MaxBy(c => c.Entry.Source.Value.Sequence);
        var pending = home
            ? null
            : inOrder.Select(c => c.Source.Pending).OfType<Digest>().Cast<Digest?>().FirstOrDefault();
        return new RollEntry
        {
            Entry = newest.Entry,
            Origin = first.Source.Directory,
            Home = home,
            Confirmed = home || IsConfirmed(first.Entry.Fingerprint, agreeing.Select(c => c.Source), confirmations),
            Pending = pending is { } digest ? entries.GetValueOrDefault(digest) : null,
            Disputed = agreeing.Count < inOrder.Count,
            Keys = newest.Entry.Core.Offices.ToDictionary(o => o.Name, o => Read(o.Certificate)),
        };
    }

    private static bool IsConfirmed(
        string fingerprint,
        IEnumerable<Sighting> agreeing,
        IReadOnlyList<KeyConfirmation> confirmations
    ) =>
        agreeing.Select(s => s.Directory).Distinct().Count() > 1
        || confirmations
            .Where(c => c.Fingerprint == fingerprint)
            .Select(c => c.By)
            .Distinct(StringComparer.Ordinal)
            .Count() >= PersonsToConfirm;

    private static Certificate? Read(ReadOnlyMemory<byte>? octets) =>
        octets is { } there ? Certificate.Read(there).Certificate : null;
}
