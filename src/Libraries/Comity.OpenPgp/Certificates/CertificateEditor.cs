using Comity.OpenPgp.Packets;

namespace Comity.OpenPgp.Certificates;

/// <summary>Puts signatures into a certificate's octets where RFC 9580, 10.1, wants them.</summary>
internal static class CertificateEditor
{
    public static byte[] InsertAfterPrimary(byte[] octets, byte[] signature) =>
        Insert(octets, signature, packet => packet.Tag is Tag.PublicKey or Tag.SecretKey);

    public static byte[] InsertAfterUserId(byte[] octets, byte[] userId, byte[] signature) =>
        Insert(octets, signature, packet => packet.Tag == Tag.UserId && packet.Body.Span.SequenceEqual(userId));

    /// <summary>Right behind a subkey: that is where what concerns it belongs.</summary>
    public static byte[] InsertAfterSubkey(byte[] octets, byte[] subkey, byte[] signature) =>
        Insert(octets, signature, packet => packet.Tag == Tag.PublicSubkey && packet.Body.Span.SequenceEqual(subkey));

    /// <summary>The packets, with those that <paramref name="replace"/> gives in the place of the old ones.</summary>
    public static byte[] Rewrite(byte[] octets, Func<Packet, (Tag Tag, byte[] Body)?> replace)
    {
        using var writer = new OctetWriter();
        foreach (var packet in All(octets))
        {
            if (replace(packet) is { } other)
                writer.Packet(other.Tag, other.Body);
            else
                writer.Packet(packet.Tag, packet.Body.Span);
        }
        return writer.ToArray();
    }

    private static byte[] Insert(byte[] octets, byte[] signature, Func<Packet, bool> after)
    {
        using var writer = new OctetWriter();
        var done = false;
        foreach (var packet in All(octets))
        {
            writer.Packet(packet.Tag, packet.Body.Span);
            if (!done && after(packet))
            {
                writer.Octets(signature);
                done = true;
            }
        }
        return writer.ToArray();
    }

    private static IEnumerable<Packet> All(byte[] octets)
    {
        var walk = new PacketWalk(octets, int.MaxValue);
        while (walk.Next(out var packet) == Step.Read)
            yield return packet;
    }
}
