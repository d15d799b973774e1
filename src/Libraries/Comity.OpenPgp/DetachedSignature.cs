namespace Comity.OpenPgp;

/// <summary>Detached signatures over binary documents (type 0x00).</summary>
public static class DetachedSignature
{
    /// <summary>Signs with the newest usable signing key.</summary>
    /// <exception cref="InvalidOperationException">No signing key is usable at that time or its secret is not here.</exception>
    public static byte[] Sign(SecretKey signer, ReadOnlySpan<byte> data, DateTime at) =>
        throw new NotSupportedException();

    /// <summary>Checks a signature: one packet, not armoured, by a signing key of the certificate that was usable when it was made.</summary>
    public static SignatureCheck Verify(Certificate signer, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature) =>
        throw new NotSupportedException();
}
