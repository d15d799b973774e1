using Comity.Kernel.Outcomes;
using Comity.Protocol.Messages;
using Comity.Stix;
using Comity.Stix.Names;

namespace Comity.Exchange.Sending;

/// <summary>A part of a bundle that is not understood; it travels all the same.</summary>
internal sealed record NotUnderstoodLine(string Reason, string Object, string Place, string What);

/// <summary>Something that names an actor, a person, an organisation or a country.</summary>
/// <param name="Kind">What is named.</param>
/// <param name="Name">The name.</param>
/// <param name="Id">What to confirm so that it stays.</param>
/// <param name="Object">In which object it was found.</param>
/// <param name="Place">Where in it.</param>
internal sealed record NameLine(string Kind, string Name, string Id, string Object, string Place);

/// <summary>
/// A STIX bundle on its way into a message: rows for what is understood, a list of what is not, names left out unless
/// a person confirmed them.
/// </summary>
internal sealed record StixIntake
{
    public const string FileName = "bundle.stix.json";
    public const string MediaType = "application/stix+json";
    private const int MostLines = 1000;

    public static StixIntake Nothing { get; } = new();

    /// <summary>What travels; null where no bundle was given.</summary>
    public ReadOnlyMemory<byte>? Octets { get; private init; }

    /// <summary>How many rows the bundle gives.</summary>
    public int Rows { get; private init; }

    public IReadOnlyList<Indicator> Indicators { get; private init; } = [];

    public IReadOnlyList<FileHash> Hashes { get; private init; } = [];

    public IReadOnlyList<string> Malware { get; private init; } = [];

    public IReadOnlyList<NotUnderstoodLine> NotUnderstood { get; private init; } = [];

    public IReadOnlyList<NameLine> LeftOut { get; private init; } = [];

    public IReadOnlyList<NameLine> InValues { get; private init; } = [];

    /// <summary>Names that must not stand in the text either, unless they were confirmed.</summary>
    public IReadOnlyList<string> Unconfirmed { get; private init; } = [];

    public static Outcome<StixIntake> Read(byte[]? octets, IReadOnlyList<string> confirmed)
    {
        if (octets is null)
            return Nothing;
        var read = StixBundle.Read(octets);
        if (!read.IsRead)
            return SendingProblems.Field("stix", $"This is not a STIX 2.1 bundle: {read.Refusal} {read.Place}.");
        var all = read.Bundle;
        var keep = confirmed.ToHashSet(StringComparer.Ordinal);
        var removed = all.WithoutNames(keep);
        var touched = removed.ObjectsLeftOut.Count + removed.MembersLeftOut.Count + removed.TextsReplaced.Count > 0;
        // Where nothing is left out, the bundle travels byte for byte.
        ReadOnlyMemory<byte> travels = touched ? removed.Octets : octets;
        var told = touched ? StixBundle.Read(travels).Bundle ?? all : all;
        var gone = all.NamesFound.Where(n => !keep.Contains(n.NamingId)).ToList();
        return new StixIntake
        {
            Octets = travels,
            Rows = told.Indicators.Count,
            Indicators = [.. told.Indicators.Where(r => !IndicatorRows.IsHash(r)).Select(IndicatorRows.ToIndicator)],
            Hashes = [.. told.Indicators.Where(IndicatorRows.IsHash).Select(IndicatorRows.ToHash).Distinct()],
            Malware = [.. told.Malware.Select(m => m.Name).Distinct(StringComparer.Ordinal).Take(100)],
            NotUnderstood =
            [
                .. all
                    .NotUnderstood.Take(MostLines)
                    .Select(n => new NotUnderstoodLine(n.Reason.ToString(), n.ObjectId, n.Place, n.What)),
            ],
            LeftOut = Lines(gone.Except(removed.Remaining)),
            InValues = Lines(removed.Remaining),
            Unconfirmed = [.. gone.Where(IsName).Select(n => n.Name).Distinct(StringComparer.OrdinalIgnoreCase)],
        };
    }

    private static bool IsName(NameFound found) =>
        found.Kind is not (NameKind.Reference or NameKind.Author or NameKind.Attribution) && found.Name.Length >= 3;

    private static IReadOnlyList<NameLine> Lines(IEnumerable<NameFound> names) =>
        [
            .. names
                .Take(MostLines)
                .Select(n => new NameLine(n.Kind.ToString(), n.Name, n.NamingId, n.ObjectId, n.Where)),
        ];
}
