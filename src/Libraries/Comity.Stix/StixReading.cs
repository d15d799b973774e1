using System.Diagnostics.CodeAnalysis;

namespace Comity.Stix;

/// <summary>Why octets are not read as a STIX 2.1 bundle.</summary>
public enum StixRefusal
{
    /// <summary>More than <see cref="StixLimits.Octets"/> octets.</summary>
    TooLarge,

    /// <summary>The octets are not UTF-8, or a string escapes half a character.</summary>
    NotUtf8,

    /// <summary>Not one JSON value by RFC 8259 (comments and trailing commas are not JSON).</summary>
    NotJson,

    /// <summary>Nested deeper than <see cref="StixLimits.Depth"/>.</summary>
    TooDeep,

    /// <summary>More than <see cref="StixLimits.Values"/> JSON values.</summary>
    TooManyValues,

    /// <summary>More than <see cref="StixLimits.Objects"/> STIX objects.</summary>
    TooManyObjects,

    /// <summary>Not an object of type "bundle" with an id, or "objects" is not a list of objects (STIX 2.1 clause 8).</summary>
    NotABundle,

    /// <summary>The bundle says that it follows another version of STIX.</summary>
    OtherVersion,

    /// <summary>An item of "objects" has no type or no id as text.</summary>
    ObjectWithoutTypeOrId,

    /// <summary>"type", "id" or "objects" stands twice in one place, so that readers could see different bundles.</summary>
    Ambiguous,

    /// <summary>More findings than <see cref="StixLimits.Findings"/>, or names that cost too much to look for.</summary>
    TooMuchWork,
}

/// <summary>The outcome of reading: a bundle, or the reason and the place of its refusal.</summary>
public sealed record StixReading
{
    private StixReading(StixBundle? bundle, StixRefusal? refusal, string place)
    {
        Bundle = bundle;
        Refusal = refusal;
        Place = place;
    }

    /// <summary>The bundle, when it was read.</summary>
    public StixBundle? Bundle { get; }

    /// <summary>The reason, when it was refused.</summary>
    public StixRefusal? Refusal { get; }

    /// <summary>Where the reason lies: "octet 120" or "objects[3]"; empty when the whole is meant or nothing was refused.</summary>
    public string Place { get; }

    /// <summary>Whether there is a bundle.</summary>
    [MemberNotNullWhen(true, nameof(Bundle))]
    [MemberNotNullWhen(false, nameof(Refusal))]
    public bool IsRead => Bundle is not null;

    internal static StixReading Of(StixBundle bundle) => new(bundle, null, "");

    internal static StixReading Refused(StixRefusal refusal, string place) => new(null, refusal, place);
}
