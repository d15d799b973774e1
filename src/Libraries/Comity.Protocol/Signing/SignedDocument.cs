using System.Text;

namespace Comity.Protocol.Signing;

/// <summary>One signature on a document.</summary>
/// <param name="Key">
/// An OpenPGP primary fingerprint (40 upper-case hexadecimal digits: a detached OpenPGP signature), or
/// <c>ed25519:</c> and 32 octets in base64url (a raw signature, RFC 8032).
/// </param>
/// <param name="Value">The octets of the signature.</param>
public sealed record DocumentSignature(string Key, ReadOnlyMemory<byte> Value);

/// <summary>
/// A payload with its signatures: <c>{"type":"comity/<em>what</em>+v1","payload":…,"signatures":[{"key":…,"value":…}]}</c>,
/// octets in base64url without padding. Signed are the ASCII of the type, one LF, and the exact payload.
/// </summary>
/// <param name="Type">What the payload is; one of <see cref="DocumentTypes"/>.</param>
/// <param name="Payload">The exact octets.</param>
/// <param name="Signatures">One to sixteen.</param>
public sealed record SignedDocument(
    string Type,
    ReadOnlyMemory<byte> Payload,
    IReadOnlyList<DocumentSignature> Signatures
)
{
    /// <summary>The octets that are signed.</summary>
    public byte[] SignedOctets() => SignedOctets(Type, Payload.Span);

    /// <summary>The octets that are signed for a payload of this type.</summary>
    public static byte[] SignedOctets(string type, ReadOnlySpan<byte> payload) =>
        [.. Encoding.ASCII.GetBytes(type), (byte)'\n', .. payload];
}

/// <summary>The types of signed documents.</summary>
public static class DocumentTypes
{
    /// <summary>A <see cref="DispatchStatement"/>, signed by an office key.</summary>
    public const string DispatchStatement = "comity/dispatch-statement+v1";

    /// <summary>A <see cref="Receipt"/>, signed by a node key.</summary>
    public const string Receipt = "comity/receipt+v1";

    /// <summary>An <see cref="ErrorNotice"/>, signed by a node key.</summary>
    public const string Error = "comity/error+v1";

    /// <summary>A directory entry, signed by a participant's entry key.</summary>
    public const string Entry = "comity/entry+v1";

    /// <summary>The delegation of a directory key, signed by the directory's roots.</summary>
    public const string DirectoryDelegation = "comity/directory-delegation+v1";

    /// <summary>The header of a snapshot, signed by the directory key.</summary>
    public const string Snapshot = "comity/snapshot+v1";
}
