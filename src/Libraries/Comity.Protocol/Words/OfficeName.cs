using System.Diagnostics.CodeAnalysis;

namespace Comity.Protocol;

/// <summary>
/// A point of contact of a participant: the participant's code, a slash, and the office's slug
/// (<c>QM/technical</c>). The slug has 1 to 40 of <c>a–z 0–9 -</c>, starting with a letter or digit.
/// </summary>
public readonly record struct OfficeName : IComparable<OfficeName>
{
    private readonly string? slug;

    private OfficeName(ParticipantCode participant, string slug)
    {
        Participant = participant;
        this.slug = slug;
    }

    /// <summary>The participant that the office belongs to.</summary>
    public ParticipantCode Participant { get; }

    /// <summary>The office within the participant (<c>technical</c>).</summary>
    public string Slug => slug ?? "";

    /// <summary>The name as text (<c>QM/technical</c>); empty for a value that was never set.</summary>
    public string Value => slug is null ? "" : $"{Participant.Value}/{slug}";

    /// <summary>Reads a name; throws <see cref="FormatException"/> where it is not one.</summary>
    public static OfficeName Parse(string text) =>
        TryParse(text, out var name) ? name : throw new FormatException("Not an office name.");

    /// <summary>Reads a name; false where the text is not one.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out OfficeName name)
    {
        name = default;
        var slash = text is { Length: <= 53 } ? text.IndexOf('/', StringComparison.Ordinal) : -1;
        if (slash < 0 || !ParticipantCode.TryParse(text![..slash], out var participant))
        {
            return false;
        }

        var rest = text[(slash + 1)..];
        if (!IsSlug(rest))
        {
            return false;
        }

        name = new OfficeName(participant, rest);
        return true;
    }

    /// <summary>The name of an office of a participant; throws <see cref="FormatException"/> on a bad slug.</summary>
    public static OfficeName Of(ParticipantCode participant, string slug) => Parse($"{participant.Value}/{slug}");

    /// <inheritdoc/>
    public int CompareTo(OfficeName other) => string.CompareOrdinal(Value, other.Value);

    /// <inheritdoc/>
    public override string ToString() => Value;

    /// <summary>Alphabetical order of the names.</summary>
    public static bool operator <(OfficeName left, OfficeName right) => left.CompareTo(right) < 0;

    /// <summary>Alphabetical order of the names.</summary>
    public static bool operator >(OfficeName left, OfficeName right) => left.CompareTo(right) > 0;

    /// <summary>Alphabetical order of the names.</summary>
    public static bool operator <=(OfficeName left, OfficeName right) => left.CompareTo(right) <= 0;

    /// <summary>Alphabetical order of the names.</summary>
    public static bool operator >=(OfficeName left, OfficeName right) => left.CompareTo(right) >= 0;

    private static bool IsSlug(string slug) =>
        slug is { Length: >= 1 and <= 40 }
        && slug[0] != '-'
        && slug.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');
}
