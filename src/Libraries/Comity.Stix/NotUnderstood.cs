namespace Comity.Stix;

/// <summary>Why a part of a bundle is not understood. The part stays in the octets all the same.</summary>
public enum NotUnderstoodReason
{
    /// <summary>An object type that STIX 2.1 does not define.</summary>
    UnknownType,

    /// <summary>A member that STIX 2.1 does not define for this type.</summary>
    UnknownMember,

    /// <summary>An extension that this library does not know.</summary>
    UnknownExtension,

    /// <summary>The object says, by its spec_version, that it follows another version of STIX, or a domain object says none.</summary>
    OtherVersion,

    /// <summary>The id is not of the form type--UUID with the object's own type (clause 2.9).</summary>
    OddIdentifier,

    /// <summary>A member stands twice; readers differ in which one they take.</summary>
    DuplicateMember,

    /// <summary>An indicator without a pattern as text.</summary>
    NoPattern,

    /// <summary>The pattern is written in another language than STIX patterning.</summary>
    PatternLanguage,

    /// <summary>The pattern is longer than <see cref="StixLimits.PatternLength"/>.</summary>
    PatternTooLong,

    /// <summary>The pattern does not follow the grammar (clause 9).</summary>
    PatternSyntax,

    /// <summary>A comparison that no list of values can show: negation, order, existence, superset.</summary>
    ComparisonWithoutValue,

    /// <summary>The value is not of the kind that its place promises, such as an address that is none.</summary>
    OddValue,
}

/// <summary>One part of a bundle that is not understood, named so that nothing is dropped silently.</summary>
/// <param name="Reason">Why.</param>
/// <param name="ObjectId">The id of the object it is in; the bundle's own id for members of the bundle.</param>
/// <param name="Place">The path inside the object, such as "pattern" or "extensions.x-foo-ext".</param>
/// <param name="What">The thing itself: the type, member name, pattern or comparison.</param>
/// <param name="Position">For a pattern that does not follow the grammar: the index of the character where reading stopped.</param>
public sealed record NotUnderstood(
    NotUnderstoodReason Reason,
    string ObjectId,
    string Place,
    string What,
    int? Position = null
);
