using Comity.OpenPgp.Packets;
using Comity.OpenPgp.Sealed;

namespace Comity.OpenPgp;

/// <summary>
/// A decrypted message whose integrity holds. What it says cannot be reached until <see cref="Verify"/> has found the
/// signature to be that of a certificate which the caller trusts.
/// </summary>
public sealed class Opened : IDisposable
{
    private readonly InnerMessage _message;
    private IReadOnlyList<PrivateBuffer?> _buffers;

    internal Opened(
        Certificate recipient,
        IntendedRecipient intended,
        InnerMessage message,
        IReadOnlyList<PrivateBuffer?> buffers
    )
    {
        Recipient = recipient;
        IntendedRecipient = intended;
        _message = message;
        _buffers = buffers;
        ClaimedSignerFingerprint = message.Signature.IssuerFingerprint is { } fingerprint
            ? Convert.ToHexString(fingerprint.Span)
            : null;
        ClaimedSignerKeyId = Convert.ToHexString(message.Signature.IssuerKeyId!.Value.Span);
    }

    /// <summary>The certificate of ours that it is sealed to.</summary>
    public Certificate Recipient { get; }

    /// <summary>
    /// The fingerprint of the signing key (mostly a subkey) as the signature claims it, 40 upper-case hexadecimal digits;
    /// null if it gives only a key id.
    /// </summary>
    public string? ClaimedSignerFingerprint { get; }

    /// <summary>The id of the signing key as the signature claims it, 16 upper-case hexadecimal digits.</summary>
    public string ClaimedSignerKeyId { get; }

    /// <summary>Whether the signature names us as its recipient; that it is the signer's word holds once it is verified.</summary>
    public IntendedRecipient IntendedRecipient { get; }

    /// <summary>Verifies the signature with the certificate; only then gives the content, and only once.</summary>
    /// <param name="signer">Whose signature it must be.</param>
    /// <param name="now">The present, UTC.</param>
    /// <returns>The content, or the rule that was broken; after a refusal another certificate may be tried.</returns>
    /// <exception cref="ObjectDisposedException">It was disposed of, or the content was handed over.</exception>
    public VerifyingResult Verify(Certificate signer, DateTime now)
    {
        ObjectDisposedException.ThrowIf(_buffers.Count == 0, this);
        var (fault, key, standing) = DetachedSignature.Judge(signer, _message.Signature, now);
        if (fault is not null)
            return new VerifyingResult(null, Refusal(fault.Value, standing), standing);
        var verifies = SignatureMath.Verifies(
            _message.Signature,
            key!.Packet,
            hash => hash.AppendData(_message.Content.Span)
        );
        if (!verifies)
            return new VerifyingResult(null, OpeningRefusal.SignatureBad, standing);
        var content = new VerifiedContent(_message.Content, _buffers)
        {
            SignedAt = _message.Signature.Created,
            SignerFingerprint = signer.Fingerprint,
            SigningKeyFingerprint = key.Packet.Fingerprint,
            SignerStandingNow = signer.StandingOf(key, now),
            IntendedRecipient = IntendedRecipient,
        };
        _buffers = [];
        return new VerifyingResult(content, null, standing);
    }

    /// <summary>Wipes the content, unless it has been handed over.</summary>
    public void Dispose()
    {
        foreach (var buffer in _buffers)
            buffer?.Dispose();
        _buffers = [];
    }

    private static OpeningRefusal Refusal(SignatureFault fault, KeyStanding standing) =>
        fault switch
        {
            SignatureFault.OtherKey => OpeningRefusal.OtherSigner,
            SignatureFault.KeyNotUsable when standing == KeyStanding.RevokedCompromised =>
                OpeningRefusal.SignerKeyCompromised,
            SignatureFault.KeyNotUsable => OpeningRefusal.SignerKeyNotUsable,
            SignatureFault.Expired => OpeningRefusal.SignatureExpired,
            _ => OpeningRefusal.SignatureMalformed,
        };
}

/// <summary>Content whose integrity, signature, signer and recipient hold.</summary>
public sealed class VerifiedContent : IDisposable
{
    private readonly IReadOnlyList<PrivateBuffer?> _buffers;

    internal VerifiedContent(ReadOnlyMemory<byte> octets, IReadOnlyList<PrivateBuffer?> buffers)
    {
        Octets = octets;
        _buffers = buffers;
    }

    /// <summary>The content; not to be kept beyond <see cref="Dispose"/>, which overwrites it.</summary>
    public ReadOnlyMemory<byte> Octets { get; private set; }

    /// <summary>When the signer says it was signed, UTC; the signer's clock, not ours.</summary>
    public required DateTime SignedAt { get; init; }

    /// <summary>The signer's primary key, 40 upper-case hexadecimal digits.</summary>
    public required string SignerFingerprint { get; init; }

    /// <summary>The key that signed, 40 upper-case hexadecimal digits.</summary>
    public required string SigningKeyFingerprint { get; init; }

    /// <summary>How that key stands now: it may have expired or been superseded since it signed.</summary>
    public required KeyStanding SignerStandingNow { get; init; }

    /// <summary>Whether the signature names us as its recipient.</summary>
    public required IntendedRecipient IntendedRecipient { get; init; }

    /// <summary>Wipes the content.</summary>
    public void Dispose()
    {
        Octets = default;
        foreach (var buffer in _buffers)
            buffer?.Dispose();
    }
}
