namespace Comity.States;

/// <summary>
/// A region of the M49 standard of the United Nations Statistics Division. It serves statistics and says nothing of
/// how States have grouped themselves.
/// </summary>
public sealed class M49Region
{
    private readonly NamesByLanguage _names;

    internal M49Region(string number, M49Region? within, NamesByLanguage names)
    {
        Number = number;
        Within = within;
        _names = names;
    }

    /// <summary>The number, in three digits: <c>014</c> for Eastern Africa.</summary>
    public string Number { get; }

    /// <summary>The region that this one is a part of, or null for one of the five: Africa, Americas, Asia, Europe, Oceania.</summary>
    public M49Region? Within { get; }

    /// <summary>The name in a language.</summary>
    /// <param name="language">One of <see cref="ListOfStates.Languages"/>.</param>
    /// <exception cref="ArgumentException">The language is none of the six.</exception>
    public string Name(string language) => _names.In(language);

    /// <summary>The number.</summary>
    public override string ToString() => Number;
}
