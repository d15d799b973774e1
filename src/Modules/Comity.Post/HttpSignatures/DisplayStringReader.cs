using System.Globalization;
using System.Text;

namespace Comity.Post.HttpSignatures;

/// <summary>Unicode text in a structured field (RFC 9651, section 4.2.10): percent-encoded UTF-8 in quotes.</summary>
internal static class DisplayStringReader
{
    private static readonly UTF8Encoding StrictUtf8 = new(
        encoderShouldEmitUTF8Identifier: false,
        throwOnInvalidBytes: true
    );

    public static DisplayStringItem? Read(ref ReadOnlySpan<char> rest)
    {
        if (rest.Length < 2 || rest[1] != '"')
        {
            return null;
        }

        var bytes = new List<byte>();
        for (var at = 2; at < rest.Length; at++)
        {
            var c = rest[at];
            if (c == '"')
            {
                rest = rest[(at + 1)..];
                return Decode(bytes);
            }

            if (c is < ' ' or > '~')
            {
                return null;
            }

            if (c == '%')
            {
                if (at + 2 >= rest.Length || !IsLowerHex(rest[at + 1]) || !IsLowerHex(rest[at + 2]))
                {
                    return null;
                }

                c = (char)
                    byte.Parse(rest.Slice(at + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
                at += 2;
            }

            bytes.Add((byte)c);
        }

        return null;
    }

    private static bool IsLowerHex(char c) => char.IsAsciiDigit(c) || c is >= 'a' and <= 'f';

    private static DisplayStringItem? Decode(List<byte> bytes)
    {
        try
        {
            return new DisplayStringItem(StrictUtf8.GetString([.. bytes]));
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
