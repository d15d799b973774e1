using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Comity.Protocol;

/// <summary>
/// The id of a conversation: a UUID version 8 (RFC 9562) made of who opened it, whether it is an exercise, and a
/// nonce; written in lower case with hyphens. So nobody can have opened a conversation of somebody else, and nothing of
/// that depends on what arrives first.
/// </summary>
public readonly record struct ConversationId : IComparable<ConversationId>
{
    private ConversationId(Guid value) => Value = value;

    /// <summary>The id as a UUID.</summary>
    public Guid Value { get; }

    /// <summary>The id of the conversation that an office opens with a message of this nonce.</summary>
    public static ConversationId Of(OfficeName opener, bool exercise, string nonce)
    {
        var made = $"comity/conversation+v1\n{opener.Value}\n{(exercise ? "exercise" : "real")}\n{nonce}";
        var octets = SHA256.HashData(Encoding.UTF8.GetBytes(made))[..16];
        octets[6] = (byte)((octets[6] & 0x0F) | 0x80);
        octets[8] = (byte)((octets[8] & 0x3F) | 0x80);
        return new ConversationId(new Guid(octets, bigEndian: true));
    }

    /// <summary>An id from a UUID; throws <see cref="FormatException"/> where it is not version 8.</summary>
    public static ConversationId From(Guid value) =>
        value.Version == 8 ? new ConversationId(value) : throw new FormatException("Not a UUID version 8.");

    /// <summary>Reads the text form; throws <see cref="FormatException"/> where it is not one.</summary>
    public static ConversationId Parse(string text) =>
        TryParse(text, out var id) ? id : throw new FormatException("Not a UUID version 8.");

    /// <summary>Reads the text form; false where the text is not a UUID version 8 in lower case.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out ConversationId id)
    {
        var good =
            Guid.TryParseExact(text, "D", out var value)
            && value.Version == 8
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
