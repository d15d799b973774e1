using Comity.OpenPgp;

namespace Comity.Protocol.Signing;

/// <summary>A payload as read, with the signed document that it stands in and that document's exact octets.</summary>
/// <param name="Value">What the payload says. Nothing is proven before a signature of <paramref name="Document"/> is checked.</param>
/// <param name="Document">The document.</param>
/// <param name="Octets">Its exact octets, to be kept and handed on unchanged.</param>
public sealed record SignedPayload<T>(T Value, SignedDocument Document, ReadOnlyMemory<byte> Octets)
    where T : class
{
    /// <summary>The digest of the exact octets.</summary>
    public Digest Digest => Digest.Of(Octets.Span);
}

/// <summary>Signs and reads the protocol's documents. Reading checks the form, never a signature.</summary>
public static class SignedDocuments
{
    private const int SmallPayload = 32 * 1024;

    /// <summary>Signs a statement with the office's key.</summary>
    public static SignedPayload<DispatchStatement> Sign(DispatchStatement statement, SecretKey office, DateTime at) =>
        Seal(statement, DocumentTypes.DispatchStatement, DocumentJson.Write(statement), office, at);

    /// <summary>Signs a receipt with the node's key.</summary>
    public static SignedPayload<Receipt> Sign(Receipt receipt, NodeKey node) =>
        Seal(receipt, DocumentTypes.Receipt, DocumentJson.Write(receipt), node);

    /// <summary>Signs an error with the node's key.</summary>
    public static SignedPayload<ErrorNotice> Sign(ErrorNotice error, NodeKey node) =>
        Seal(error, DocumentTypes.Error, DocumentJson.Write(error), node);

    /// <summary>Signs a request to send again with the node's key.</summary>
    public static SignedPayload<ResendRequest> Sign(ResendRequest request, NodeKey node) =>
        Seal(request, DocumentTypes.ResendRequest, DocumentJson.Write(request), node);

    /// <summary>Signs a request for what is missing with the node's key.</summary>
    public static SignedPayload<GapRequest> Sign(GapRequest request, NodeKey node) =>
        Seal(request, DocumentTypes.GapRequest, NodeDocumentJson.Write(request), node);

    /// <summary>Signs a word that an entry is newer with the node's key.</summary>
    public static SignedPayload<KeyNotice> Sign(KeyNotice notice, NodeKey node) =>
        Seal(notice, DocumentTypes.KeyNotice, NodeDocumentJson.Write(notice), node);

    /// <summary>Reads a dispatch statement.</summary>
    public static Reading<SignedPayload<DispatchStatement>> ReadStatement(ReadOnlyMemory<byte> octets) =>
        ReadSingle(octets, DocumentTypes.DispatchStatement, DocumentJson.ReadStatement);

    /// <summary>Reads a receipt.</summary>
    public static Reading<SignedPayload<Receipt>> ReadReceipt(ReadOnlyMemory<byte> octets) =>
        ReadSingle(octets, DocumentTypes.Receipt, DocumentJson.ReadReceipt);

    /// <summary>Reads an error.</summary>
    public static Reading<SignedPayload<ErrorNotice>> ReadError(ReadOnlyMemory<byte> octets) =>
        ReadSingle(octets, DocumentTypes.Error, DocumentJson.ReadError);

    /// <summary>Reads a request to send again.</summary>
    public static Reading<SignedPayload<ResendRequest>> ReadResendRequest(ReadOnlyMemory<byte> octets) =>
        ReadSingle(octets, DocumentTypes.ResendRequest, DocumentJson.ReadResendRequest);

    /// <summary>Reads a request for what is missing.</summary>
    public static Reading<SignedPayload<GapRequest>> ReadGapRequest(ReadOnlyMemory<byte> octets) =>
        ReadSingle(octets, DocumentTypes.GapRequest, NodeDocumentJson.ReadGapRequest);

    /// <summary>Reads a word that an entry is newer.</summary>
    public static Reading<SignedPayload<KeyNotice>> ReadKeyNotice(ReadOnlyMemory<byte> octets) =>
        ReadSingle(octets, DocumentTypes.KeyNotice, NodeDocumentJson.ReadKeyNotice);

    /// <summary>
    /// Who is one office or one node signs once: a second signature could lend its key's time to the first, or the first
    /// its name to the second.
    /// </summary>
    private static Reading<SignedPayload<T>> ReadSingle<T>(
        ReadOnlyMemory<byte> octets,
        string type,
        Func<JsonFields, T> read
    )
        where T : class
    {
        var reading = Read(octets, type, SmallPayload, read);
        return reading.IsGood && reading.Value.Document.Signatures.Count != 1
            ? new Reading<SignedPayload<T>>(new Malformation(MalformationCode.BadValue, "signatures"))
            : reading;
    }

    internal static SignedPayload<T> Seal<T>(T value, string type, byte[] payload, SecretKey signer, DateTime at)
        where T : class => Keep(value, new SignedDocument(type, payload, []).SignedBy(signer, at));

    internal static SignedPayload<T> Keep<T>(T value, SignedDocument document)
        where T : class => new(value, document, document.ToJson());

    internal static Reading<SignedPayload<T>> Read<T>(
        ReadOnlyMemory<byte> octets,
        string type,
        int maxPayload,
        Func<JsonFields, T> read
    )
        where T : class
    {
        var document = SignedDocument.Read(octets, type, maxPayload);
        if (!document.IsGood)
        {
            return new Reading<SignedPayload<T>>(document.Fault);
        }

        var payload = StrictJson.Read(document.Value.Payload, maxPayload, read);
        return payload.IsGood
            ? new Reading<SignedPayload<T>>(new SignedPayload<T>(payload.Value, document.Value, octets))
            : new Reading<SignedPayload<T>>(payload.Fault);
    }

    private static SignedPayload<T> Seal<T>(T value, string type, byte[] payload, NodeKey signer)
        where T : class => Keep(value, new SignedDocument(type, payload, []).SignedBy(signer));
}
