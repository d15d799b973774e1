using System.Text.Json;
using Comity.Stix.Names;

namespace Comity.Stix;

/// <summary>A STIX 2.1 bundle (OASIS STIX 2.1, clause 8) that was read within <see cref="StixLimits"/>.</summary>
/// <remarks>Immutable, and safe for use by several threads.</remarks>
public sealed class StixBundle
{
    internal StixBundle(ReadOnlyMemory<byte> octets, JsonElement json, string id, IReadOnlyList<StixObject> objects)
    {
        Octets = octets;
        Json = json;
        Id = id;
        Objects = objects;
    }

    /// <summary>What stands in free text in place of a name that was left out.</summary>
    public const string Mark = "[name left out]";

    /// <summary>The id of the bundle, "bundle--" and a UUID.</summary>
    public string Id { get; }

    /// <summary>The exact octets that were read.</summary>
    public ReadOnlyMemory<byte> Octets { get; }

    /// <summary>The objects in their order.</summary>
    public IReadOnlyList<StixObject> Objects { get; }

    /// <summary>What to look for: one row for each value in an indicator's pattern and for each observable.</summary>
    public IReadOnlyList<IndicatorRow> Indicators { get; internal set; } = [];

    /// <summary>The CVE ids that vulnerability objects name, each once for each object.</summary>
    public IReadOnlyList<VulnerabilityNamed> Vulnerabilities { get; internal set; } = [];

    /// <summary>The malware that malware objects name.</summary>
    public IReadOnlyList<MalwareNamed> Malware { get; internal set; } = [];

    /// <summary>Whatever names an actor, person, organisation or country, in objects, references and free text.</summary>
    public IReadOnlyList<NameFound> NamesFound { get; internal set; } = [];

    /// <summary>What was not understood; it is kept in <see cref="Octets"/>.</summary>
    public IReadOnlyList<NotUnderstood> NotUnderstood { get; internal set; } = [];

    internal JsonElement Json { get; }

    /// <summary>Reads a bundle strictly and within <see cref="StixLimits"/>.</summary>
    /// <param name="octets">JSON in UTF-8, with or without a byte order mark. Copied.</param>
    /// <returns>The bundle or a refusal. No octets make this throw.</returns>
    public static StixReading Read(ReadOnlyMemory<byte> octets) => BundleReader.Read(octets);

    /// <summary>Writes the bundle anew without the objects that name somebody.</summary>
    /// <param name="confirmedIds">
    /// Ids of naming objects that a person confirmed to stay; everything that names any other actor, person, organisation
    /// or country is left out.
    /// </param>
    /// <returns>The new octets (UTF-8, two spaces of indentation, line feeds) and what was done. Same input, same octets.</returns>
    /// <remarks>
    /// Left out: the naming objects, relationships and sightings that point to them, all other references to them, and web
    /// addresses of references that carry the name. In free text the name gives way to <see cref="Mark"/>. Technical values
    /// (patterns, observables) are never changed: a name in one of them is listed in <see cref="NamesLeftOut.Remaining"/>.
    /// </remarks>
    public NamesLeftOut WithoutNames(IReadOnlySet<string> confirmedIds)
    {
        ArgumentNullException.ThrowIfNull(confirmedIds);
        return new NameRemoval(this, confirmedIds).Write();
    }
}
