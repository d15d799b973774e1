using Comity.Directory.Data;
using Comity.OpenPgp;
using Comity.Protocol;
using Comity.Protocol.Directories;

namespace Comity.Directory.Finding;

/// <summary>A source's word on a participant, with the entry that it names.</summary>
internal sealed record Candidate(Sighting Source, CheckedEntry Entry)
{
    public string Fingerprint => Entry.Fingerprint;
}

/// <summary>
/// Chooses between sources. What this node signed for its own participants stands. Otherwise the participant key stays
/// what it was: the one that two persons confirmed last, or else the one that was seen first, or whom that one named as
/// its successor. Another key is held for people, whatever source names it, also where the first source falls silent.
/// Under the key the highest sequence wins whatever the source.
/// </summary>
/// <param name="seen">Every source's word, also of sources that do not list the participant any more.</param>
/// <param name="entries">The entries by digest.</param>
/// <param name="confirmations">What persons of this node have compared.</param>
/// <param name="revocations">Participant keys that were shown to be revoked.</param>
/// <param name="firstSeen">When the participant was first seen under a key.</param>
internal sealed class RollChoice(
    IReadOnlyList<Candidate> seen,
    IReadOnlyDictionary<Digest, CheckedEntry> entries,
    IReadOnlyList<KeyConfirmation> confirmations,
    IReadOnlyDictionary<string, CheckedEntry> revocations,
    Func<string, DateTime> firstSeen
)
{
    public RollEntry Make()
    {
        var inOrder = seen.OrderBy(c => c.Source.Rank).ToList();
        var own = inOrder.Find(c => c.Source.Directory is null);
        var key = own?.Fingerprint ?? KeyInUse(inOrder);
        var agreeing = inOrder.FindAll(c => c.Fingerprint == key);
        var listed = agreeing.FindAll(c => c.Source.Listed);
        var newest = own ?? Newest(listed.Count > 0 ? listed : agreeing);
        return new RollEntry
        {
            Entry = newest.Entry,
            Origin = agreeing[0].Source.Directory,
            Home = own is not null,
            Listed = listed.Count > 0,
            Confirmed = own is not null || IsConfirmed(key, listed),
            Revocation = revocations.GetValueOrDefault(key),
            Others = own is null ? [.. Disputing(inOrder, agreeing), .. Waiting(inOrder, key)] : [],
            Keys = newest.Entry.Core.Offices.ToDictionary(o => o.Name, o => Read(o.Certificate)),
        };
    }

    /// <summary>The highest sequence; but not a thief's, where another source shows the entry key that signed it compromised.</summary>
    private static Candidate Newest(List<Candidate> agreeing)
    {
        var standing = agreeing.FindAll(c => !agreeing.Exists(o => o != c && o.Entry.TakesBack(c.Entry)));
        return (standing.Count > 0 ? standing : agreeing).MaxBy(c => c.Entry.Source.Value.Sequence)!;
    }

    private string KeyInUse(List<Candidate> inOrder)
    {
        var last = inOrder.FindAll(c => !inOrder.Exists(later => Follows(later, c)));
        // Where each names the other there is no last one, and nobody is preferred for it.
        if (last.Count == 0)
            last = inOrder;
        return Confirmations.Newest(confirmations, last.Select(c => c.Fingerprint))
            ?? last.MinBy(c => firstSeen(c.Fingerprint))!.Fingerprint;
    }

    private bool IsConfirmed(string key, List<Candidate> listed) =>
        listed.Select(c => c.Source.Directory).Distinct().Count() > 1
        || Confirmations.Persons(confirmations, key) >= Confirmations.Needed;

    private bool Follows(Candidate later, Candidate earlier) =>
        later.Fingerprint != earlier.Fingerprint
        && later.Entry.Succeeds(
            earlier.Entry,
            revocations.GetValueOrDefault(earlier.Fingerprint)?.Participant ?? earlier.Entry.Participant,
            later.Entry.Source.Value.Issued
        );

    /// <summary>What other sources list as this participant's key; one that has not heard of the successor yet is none.</summary>
    private IEnumerable<OtherKey> Disputing(List<Candidate> inOrder, List<Candidate> agreeing) =>
        inOrder
            .Where(c => c.Source.Listed && c.Fingerprint != agreeing[0].Fingerprint)
            .Where(c => !agreeing.Exists(later => Follows(later, c)))
            .Select(c => new OtherKey(c.Entry, c.Source.Directory!.Value, Disputes: true));

    /// <summary>What a source showed later, without the word of the key that it showed before.</summary>
    private IEnumerable<OtherKey> Waiting(List<Candidate> inOrder, string key) =>
        from candidate in inOrder
        where candidate.Source is { Pending: not null, Directory: not null }
        let entry = entries.GetValueOrDefault(candidate.Source.Pending!.Value)
        where entry is not null && entry.Fingerprint != key
        select new OtherKey(entry, candidate.Source.Directory!.Value, Disputes: false);

    private static Certificate? Read(ReadOnlyMemory<byte>? octets) =>
        octets is { } there ? Certificate.Read(there).Certificate : null;
}
