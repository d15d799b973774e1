using System.Diagnostics.CodeAnalysis;

namespace Comity.Protocol;

/// <summary>
/// The id of a conversation: a UUID version 7 (RFC 9562), written in lower case with hyphens.
/// </summary>
public readonly record struct ConversationId : IComparable<ConversationId>
{
    private ConversationId(Guid value) => Value = value;

    /// <summary>The id as a UUID.</summary>
    public Guid Value { get; }

    /// <summary>A new id whose time part is <paramref name="at"/> (UTC).</summary>
    public static ConversationId New(DateTime at) => new(Guid.CreateVersion7(new DateTimeOffset(at, TimeSpan.Zero)));

    /// <summary>An id from a UUID; throws <see cref="FormatException"/> where it is not version 7.</summary>
    public static ConversationId From(Guid value) =>
        value.Version == 7 ? new ConversationId(value) : throw new FormatException("Not a UUID version 7.");

    /// <summary>Reads the text form; throws <see cref="FormatException"/> where it is not one.</summary>
    public static ConversationId Parse(string text) =>
        TryParse(text, out var id) ? id : throw new FormatException("Not a UUID version 7.");

    /// <summary>Reads the text form; false where the text is not a UUID version 7 in lower case.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out ConversationId id)
    {
        var good =
            Guid.TryParseExact(text, "D", out var value)
            && value.Version == 7
            && string.Equals(value.ToString("D"), text, StringComparison.Ordinal);
        id = good ? new ConversationId(value) : default;
        return good;
    }

    /// <inheritdoc/>
    public int CompareTo(ConversationId other) => string.CompareOrdinal(ToString(), other.ToString());

    /// <inheritdoc/>
    public override string ToString() => Value.ToString("D");

    /// <summary>Order of the text forms.</summary>
    public static bool operator <(ConversationId left, ConversationId right) => left.CompareTo(right) < 0;

    /// <summary>Order of the text forms.</summary>
    public static bool operator >(ConversationId left, ConversationId right) => left.CompareTo(right) > 0;

    /// <summary>Order of the text forms.</summary>
    public static bool operator <=(ConversationId left, ConversationId right) => left.CompareTo(right) <= 0;

    /// <summary>Order of the text forms.</summary>
    public static bool operator >=(ConversationId left, ConversationId right) => left.CompareTo(right) >= 0;
}
