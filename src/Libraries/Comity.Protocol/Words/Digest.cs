using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Comity.Protocol;

/// <summary>
/// A SHA-256 digest (FIPS 180-4). Text form: <c>sha256:</c> and 64 lower-case hexadecimal digits.
/// </summary>
public readonly record struct Digest : IComparable<Digest>
{
    private const string Prefix = "sha256:";
    private readonly string? hex;

    private Digest(string hex) => this.hex = hex;

    /// <summary>The 64 hexadecimal digits; empty for a value that was never set.</summary>
    public string Hex => hex ?? "";

    /// <summary>The text form (<c>sha256:…</c>); empty for a value that was never set.</summary>
    public string Value => hex is null ? "" : Prefix + hex;

    /// <summary>The digest of these octets.</summary>
    public static Digest Of(ReadOnlySpan<byte> octets) => FromOctets(SHA256.HashData(octets));

    /// <summary>The digest of everything that the stream still holds.</summary>
    public static async ValueTask<Digest> OfAsync(Stream stream, CancellationToken cancellationToken) =>
        FromOctets(await SHA256.HashDataAsync(stream, cancellationToken));

    /// <summary>A digest from its 32 octets; throws <see cref="ArgumentException"/> on another length.</summary>
    public static Digest FromOctets(ReadOnlySpan<byte> octets) =>
        octets.Length == SHA256.HashSizeInBytes
            ? new Digest(Convert.ToHexStringLower(octets))
            : throw new ArgumentException("A SHA-256 digest has 32 octets.", nameof(octets));

    /// <summary>The 32 octets.</summary>
    public byte[] ToOctets() => Convert.FromHexString(Hex);

    /// <summary>Reads the text form; throws <see cref="FormatException"/> where it is not one.</summary>
    public static Digest Parse(string text) =>
        TryParse(text, out var digest) ? digest : throw new FormatException("Not a digest.");

    /// <summary>Reads the text form; false where the text is not one.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out Digest digest)
    {
        digest = default;
        if (text is not { Length: 71 } || !text.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return false;
        }

        var digits = text[Prefix.Length..];
        if (!digits.All(c => char.IsAsciiDigit(c) || c is >= 'a' and <= 'f'))
        {
            return false;
        }

        digest = new Digest(digits);
        return true;
    }

    /// <inheritdoc/>
    public int CompareTo(Digest other) => string.CompareOrdinal(Hex, other.Hex);

    /// <summary>The digits in groups of four, upper case, for people who compare by eye or by telephone.</summary>
    public string InGroups() => string.Join(' ', Hex.ToUpperInvariant().Chunk(4).Select(group => new string(group)));

    /// <inheritdoc/>
    public override string ToString() => Value;

    /// <summary>Order of the digits.</summary>
    public static bool operator <(Digest left, Digest right) => left.CompareTo(right) < 0;

    /// <summary>Order of the digits.</summary>
    public static bool operator >(Digest left, Digest right) => left.CompareTo(right) > 0;

    /// <summary>Order of the digits.</summary>
    public static bool operator <=(Digest left, Digest right) => left.CompareTo(right) <= 0;

    /// <summary>Order of the digits.</summary>
    public static bool operator >=(Digest left, Digest right) => left.CompareTo(right) >= 0;
}
