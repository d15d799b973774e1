namespace Comity.States;

/// <summary>
/// A State as the United Nations writes it: codes, region and names. Nothing else is known of it here on purpose: no
/// flag, no outline, no territory, no figure.
/// </summary>
public sealed class State
{
    private readonly NamesByLanguage _short;
    private readonly NamesByLanguage _formal;

    internal State(
        string alpha2,
        string alpha3,
        string number,
        Membership membership,
        M49Region place,
        NamesByLanguage shortNames,
        NamesByLanguage formalNames
    )
    {
        Alpha2 = alpha2;
        Alpha3 = alpha3;
        Number = number;
        Membership = membership;
        (Region, SubRegion, IntermediateRegion) = place switch
        {
            { Within: { Within: { } region } sub } => (region, sub, place),
            { Within: { } region } => (region, place, (M49Region?)null),
            _ => throw new InvalidDataException($"{alpha2} has no sub-region"),
        };
        _short = shortNames;
        _formal = formalNames;
    }

    /// <summary>The code of two letters (ISO 3166-1 alpha-2).</summary>
    public string Alpha2 { get; }

    /// <summary>The code of three letters (ISO 3166-1 alpha-3).</summary>
    public string Alpha3 { get; }

    /// <summary>The number of the M49 standard, in three digits; it is the one of ISO 3166-1 too.</summary>
    public string Number { get; }

    /// <summary>Member State or observer State.</summary>
    public Membership Membership { get; }

    /// <summary>One of the five regions of the M49 standard.</summary>
    public M49Region Region { get; }

    /// <summary>The sub-region, for example Sub-Saharan Africa.</summary>
    public M49Region SubRegion { get; }

    /// <summary>The intermediate region where the standard has one, for example Eastern Africa; otherwise null.</summary>
    public M49Region? IntermediateRegion { get; }

    /// <summary>The short name, by which the United Nations seats and lists States; without an article.</summary>
    /// <param name="language">One of <see cref="ListOfStates.Languages"/>.</param>
    /// <exception cref="ArgumentException">The language is none of the six.</exception>
    public string ShortName(string language) => _short.In(language);

    /// <summary>The formal name, for official acts; without the article that a sentence puts before it.</summary>
    /// <param name="language">One of <see cref="ListOfStates.Languages"/>.</param>
    /// <exception cref="ArgumentException">The language is none of the six.</exception>
    public string FormalName(string language) => _formal.In(language);

    /// <summary>The code of two letters.</summary>
    public override string ToString() => Alpha2;
}
