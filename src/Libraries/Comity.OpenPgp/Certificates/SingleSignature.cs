using Comity.OpenPgp.Packets;

namespace Comity.OpenPgp.Certificates;

/// <summary>Octets that must be one signature packet and nothing else.</summary>
internal static class SingleSignature
{
    private const int MaxOctets = 16 << 10;

    public static SignaturePacket? Read(ReadOnlySpan<byte> octets)
    {
        if (octets.Length > MaxOctets)
            return null;
        var walk = new PacketWalk(octets.ToArray(), 1);
        return walk.Next(out var packet) == Step.Read && packet.Tag == Tag.Signature && walk.AtEnd
            ? SignaturePacket.Parse(packet.Body)
            : null;
    }
}
