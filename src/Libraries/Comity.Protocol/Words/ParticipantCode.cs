using System.Diagnostics.CodeAnalysis;

namespace Comity.Protocol;

/// <summary>
/// The short code of a participant, unique within one directory: 2 to 12 of <c>A–Z 0–9</c>, starting with a letter
/// (<c>QM</c>). A participant exists because a directory lists it, never because a standard has a code for it.
/// </summary>
public readonly record struct ParticipantCode : IComparable<ParticipantCode>
{
    private readonly string? value;

    private ParticipantCode(string value) => this.value = value;

    /// <summary>The code as text; empty for a value that was never set.</summary>
    public string Value => value ?? "";

    /// <summary>Reads a code; throws <see cref="FormatException"/> where it is not one.</summary>
    public static ParticipantCode Parse(string text) =>
        TryParse(text, out var code) ? code : throw new FormatException("Not a participant code.");

    /// <summary>Reads a code; false where the text is not one.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out ParticipantCode code)
    {
        var good =
            text is { Length: >= 2 and <= 12 }
            && char.IsAsciiLetterUpper(text[0])
            && text.All(c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c));
        code = good ? new ParticipantCode(text!) : default;
        return good;
    }

    /// <inheritdoc/>
    public int CompareTo(ParticipantCode other) => string.CompareOrdinal(Value, other.Value);

    /// <inheritdoc/>
    public override string ToString() => Value;

    /// <summary>Alphabetical order of the codes.</summary>
    public static bool operator <(ParticipantCode left, ParticipantCode right) => left.CompareTo(right) < 0;

    /// <summary>Alphabetical order of the codes.</summary>
    public static bool operator >(ParticipantCode left, ParticipantCode right) => left.CompareTo(right) > 0;

    /// <summary>Alphabetical order of the codes.</summary>
    public static bool operator <=(ParticipantCode left, ParticipantCode right) => left.CompareTo(right) <= 0;

    /// <summary>Alphabetical order of the codes.</summary>
    public static bool operator >=(ParticipantCode left, ParticipantCode right) => left.CompareTo(right) >= 0;
}
