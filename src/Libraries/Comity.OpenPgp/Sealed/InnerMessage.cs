using System.Runtime.InteropServices;
using Comity.OpenPgp.Packets;

namespace Comity.OpenPgp.Sealed;

/// <summary>
/// What a sealed message must hold once decrypted: a one-pass signature, one binary literal, its signature, and nothing
/// else; at most once compressed.
/// </summary>
internal sealed record InnerMessage(SignaturePacket Signature, Memory<byte> Content)
{
    private const int MaxPackets = 8;
    private const int Zip = 1;
    private const int Zlib = 2;

    /// <param name="octets">The packets, their integrity proven.</param>
    /// <param name="maxExpanded">The most octets that decompression may give.</param>
    /// <param name="expanded">The decompressed octets in which the content lies; null if it was not compressed.</param>
    /// <param name="message">The parts; null if refused.</param>
    public static OpeningRefusal? Read(
        Memory<byte> octets,
        int maxExpanded,
        out PrivateBuffer? expanded,
        out InnerMessage? message
    )
    {
        expanded = null;
        message = null;
        var packets = new List<Packet>(MaxPackets);
        if (!Collect(octets, packets))
            return OpeningRefusal.Malformed;
        if (packets is [{ Tag: Tag.Compressed } compressed, .. var others])
        {
            if (others.Count > 0)
                return OpeningRefusal.TrailingData;
            if (Expand(compressed.Body, maxExpanded, out expanded) is { } refusal)
                return refusal;
            packets.Clear();
            if (!Collect(expanded!.Octets, packets))
                return OpeningRefusal.Malformed;
        }
        return Arrange(packets, out message);
    }

    private static bool Collect(Memory<byte> octets, List<Packet> packets)
    {
        var walk = new PacketWalk(octets, MaxPackets);
        while (true)
        {
            switch (walk.Next(out var packet))
            {
                case Step.Malformed:
                    return false;
                case Step.End:
                    return true;
                default:
                    packets.Add(packet);
                    break;
            }
        }
    }

    private static OpeningRefusal? Arrange(List<Packet> packets, out InnerMessage? message)
    {
        message = null;
        if (packets.Exists(p => IsEncryption(p.Tag)))
            return OpeningRefusal.NestedEncryption;
        if (packets.Exists(p => p.Tag == Tag.Compressed))
            return OpeningRefusal.NestedCompression;
        if (packets.Count(p => p.Tag == Tag.Signature) > 1 || packets.Count(p => p.Tag == Tag.OnePassSignature) > 1)
            return OpeningRefusal.MoreThanOneSignature;
        if (packets is [{ Tag: Tag.Literal }])
            return OpeningRefusal.SignatureMissing;
        if (
            packets
            is not [
                { Tag: Tag.OnePassSignature } onePass,
                { Tag: Tag.Literal } literal,
                { Tag: Tag.Signature } signature,
                .. var rest,
            ]
        )
            return OpeningRefusal.UnexpectedPacket;
        if (rest.Count > 0)
            return OpeningRefusal.TrailingData;
        if (Literal(literal.Body, out var content) is { } literalRefusal)
            return literalRefusal;
        if (Judge(onePass.Body.Span, signature.Body, out var parsed) is { } refusal)
            return refusal;
        message = new InnerMessage(parsed!, content);
        return null;
    }

    private static OpeningRefusal? Judge(ReadOnlySpan<byte> onePass, Memory<byte> body, out SignaturePacket? signature)
    {
        signature = SignaturePacket.Parse(body);
        if (signature?.IssuerKeyId is not { } keyId)
            return OpeningRefusal.SignatureMalformed;
        if (signature.Type != SignatureType.Binary)
            return OpeningRefusal.SignatureTypeRefused;
        if (!signature.HasStrongDigest)
            return OpeningRefusal.WeakDigest;
        if (signature.HasUnknownCritical(DetachedSignature.Understood))
            return OpeningRefusal.UnknownCriticalSubpacket;
        // Version 3, announcing exactly this signature, and that no other follows (RFC 9580, 5.4).
        byte[] announced =
        [
            3,
            (byte)signature.Type,
            (byte)signature.DigestAlgorithm,
            (byte)signature.KeyAlgorithm,
            .. keyId.Span,
            1,
        ];
        return onePass.SequenceEqual(announced) ? null : OpeningRefusal.SignatureMalformed;
    }

    private static OpeningRefusal? Literal(Memory<byte> body, out Memory<byte> content)
    {
        content = default;
        var reader = new OctetReader(body.Span);
        var format = reader.Octet();
        reader.Take(reader.Octet());
        reader.UInt32();
        if (reader.Failed)
            return OpeningRefusal.Malformed;
        content = body[reader.Position..];
        return format == (byte)'b' ? null : OpeningRefusal.LiteralNotBinary;
    }

    private static OpeningRefusal? Expand(Memory<byte> body, int maxExpanded, out PrivateBuffer? expanded)
    {
        expanded = null;
        if (body.IsEmpty || !MemoryMarshal.TryGetArray<byte>(body[1..], out var packed))
            return OpeningRefusal.Malformed;
        if (body.Span[0] is not (Zip or Zlib))
            return OpeningRefusal.CompressionRefused;
        var inflater = new Inflater(packed, isRaw: body.Span[0] == Zip);
        var buffer = PrivateBuffer.ReadAll(inflater.Read, maxExpanded);
        if (buffer is null)
            return OpeningRefusal.ExpandsTooMuch;
        if (inflater.IsDamaged || inflater.HasTrailingData)
        {
            buffer.Dispose();
            return inflater.IsDamaged ? OpeningRefusal.CompressionRefused : OpeningRefusal.TrailingData;
        }
        expanded = buffer;
        return null;
    }

    private static bool IsEncryption(Tag tag) =>
        tag
            is Tag.SessionKey
                or Tag.PassphraseSessionKey
                or Tag.UnprotectedEncrypted
                or Tag.ProtectedEncrypted
                or Tag.AeadEncrypted;
}
