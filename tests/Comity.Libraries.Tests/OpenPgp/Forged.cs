using Comity.OpenPgp.Packets;
using Org.BouncyCastle.Math;

namespace Comity.Libraries.Tests.OpenPgp;

/// <summary>Numbers and points that are not what they should be.</summary>
internal static class Forged
{
    private const string GeneratorOfSecp256k1 =
        "79BE667EF9DCBBAC55A06295CE870B07029BFCDB2DCE28D959F2815B16F81798"
        + "483ADA7726A3C4655DA4FBFC0E1108A8FD17B448A68554199C47D08FFB10D4B8";

    public static string[] Points => ["off the curve", "at infinity", "compressed", "beyond the field", "cut short"];

    public static byte[] Secp256k1Generator => Convert.FromHexString(GeneratorOfSecp256k1);

    /// <summary>An odd number of that many bits without small factors: like a modulus for all who do not know its factors.</summary>
    public static byte[] Modulus(int bits)
    {
        var number = BigInteger.One.ShiftLeft(bits - 1).SetBit(0);
        while (Enumerable.Range(2, 998).Any(n => number.Mod(BigInteger.ValueOf(n)).SignValue == 0))
            number = number.Add(BigInteger.Two);
        return number.ToByteArrayUnsigned();
    }

    public static byte[] MultipleOf(int factor, int bits)
    {
        var number = new BigInteger(1, Modulus(bits));
        while (number.Mod(BigInteger.ValueOf(factor)).SignValue != 0)
            number = number.Add(BigInteger.Two);
        return number.ToByteArrayUnsigned();
    }

    /// <summary>A packet's body with the point that begins at an offset, as an integer, turned into what is none.</summary>
    public static byte[] WithPoint(byte[] body, int at, string form)
    {
        var length = ((body[at] << 8) + body[at + 1] + 7) / 8;
        var point = body[(at + 2)..(at + 2 + length)];
        byte[] other = form switch
        {
            "off the curve" => [.. point[..^1], (byte)(point[^1] ^ 1)],
            "at infinity" => [],
            "compressed" => [(byte)(2 + (point[^1] & 1)), .. point[1..(1 + (length / 2))]],
            "beyond the field" => [4, .. Enumerable.Repeat((byte)0xFF, length / 2), .. point[(1 + (length / 2))..]],
            "cut short" => point[..^1],
            _ => throw new ArgumentOutOfRangeException(nameof(form)),
        };
        using var writer = new OctetWriter();
        return writer.Octets(body.AsSpan(0, at)).Mpi(other).Octets(body.AsSpan(at + 2 + length)).ToArray();
    }
}
