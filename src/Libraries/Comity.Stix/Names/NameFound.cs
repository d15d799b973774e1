namespace Comity.Stix;

/// <summary>Whom or what a name names, or how an object points to a named one.</summary>
public enum NameKind
{
    /// <summary>A threat actor (threat-actor object).</summary>
    ThreatActor,

    /// <summary>A set of intrusions that is commonly read as an actor (intrusion-set object).</summary>
    IntrusionSet,

    /// <summary>A campaign; its name is often an actor's name.</summary>
    Campaign,

    /// <summary>A person (identity of class "individual").</summary>
    Person,

    /// <summary>An organisation, group, class or system (any other identity).</summary>
    Organisation,

    /// <summary>A country, region or other place (location object).</summary>
    Place,

    /// <summary>A relationship "attributed-to": it says who is behind something.</summary>
    Attribution,

    /// <summary>A created_by_ref: it says who wrote the object.</summary>
    Author,

    /// <summary>Another reference to an object that names somebody.</summary>
    Reference,
}

/// <summary>A name, or a reference to something named, found in a bundle.</summary>
/// <param name="Kind">What is named; for free text, the kind of the name found again there.</param>
/// <param name="Name">The name; for a reference, the name of its target, or its id when the target is not in the bundle.</param>
/// <param name="ObjectId">The id of the object in which it was found.</param>
/// <param name="Where">The path inside that object, such as "aliases[1]", "created_by_ref" or "description".</param>
/// <param name="NamingId">The id of the object that carries the name: what is confirmed when the name is to stay.</param>
public sealed record NameFound(NameKind Kind, string Name, string ObjectId, string Where, string NamingId);

/// <summary>A bundle without names, and what was done to get it.</summary>
/// <param name="Octets">The new bundle.</param>
/// <param name="ObjectsLeftOut">The ids of the objects that were left out, in the order of the bundle.</param>
/// <param name="MembersLeftOut">References and members that were left out of objects that stayed.</param>
/// <param name="TextsReplaced">Places where <see cref="StixBundle.Mark"/> stands now.</param>
/// <param name="Remaining">Names that still stand in technical values, which are never changed; a person decides about these.</param>
public sealed record NamesLeftOut(
    byte[] Octets,
    IReadOnlyList<string> ObjectsLeftOut,
    IReadOnlyList<NameFound> MembersLeftOut,
    IReadOnlyList<NameFound> TextsReplaced,
    IReadOnlyList<NameFound> Remaining
);
