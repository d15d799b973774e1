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
        NamesByLanguage formalNames,
        IReadOnlyList<UnverifiedName> unverified
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
        Unverified = unverified;
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

    /// <summary>Those of its names that are not verified; for most States there is none.</summary>
    public IReadOnlyList<UnverifiedName> Unverified { get; }

    /// <summary>The short name, by which the United Nations seats and lists States; without an article.</summary>
    /// <param name="language">One of <see cref="ListOfStates.Languages"/>.</param>
    /// <exception cref="ArgumentException">The language is none of the six.</exception>
    public string ShortName(string language) => _short.In(language);

    /// <summary>The formal name, for official acts; without the article that a sentence puts before it.</summary>
    /// <param name="language">One of <see cref="ListOfStates.Languages"/>.</param>
    /// <exception cref="ArgumentException">The language is none of the six.</exception>
    public string FormalName(string language) => _formal.In(language);

    /// <summary>Whether a name was read letter for letter in a record of the United Nations, and no record differs.</summary>
    /// <param name="language">One of <see cref="ListOfStates.Languages"/>.</param>
    /// <param name="form">Which of the two names.</param>
    public bool IsVerified(string language, NameForm form) =>
        !Unverified.Any(n => n.Form == form && string.Equals(n.Language, language, StringComparison.Ordinal));

    /// <summary>Whether a text is one of its names in any of the six languages; case, accents and marks do not matter.</summary>
    /// <param name="name">Any text. Nothing longer than 100 characters is a name.</param>
    public bool IsCalled(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return ListOfStates.Names.IsCalled(this, name);
    }

    /// <summary>
    /// The letter under which the State stands in <see cref="ListOfStates.InOrderOf"/>: without its accent unless the
    /// language takes it for a letter of its own, in Arabic without the article. Null in Chinese, whose order has none.
    /// </summary>
    /// <param name="language">One of <see cref="ListOfStates.Languages"/>.</param>
    /// <exception cref="ArgumentException">The language is none of the six.</exception>
    public string? Letter(string language) => AlphabeticalOrder.Letter(ShortName(language), language);

    /// <summary>The code of two letters.</summary>
    public override string ToString() => Alpha2;
}
