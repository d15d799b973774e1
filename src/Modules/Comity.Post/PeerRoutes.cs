using Comity.Post.HttpSignatures;

namespace Comity.Post;

/// <summary>The routes between nodes, as they stand in the protocol.</summary>
internal static class PeerRoutes
{
    public const string Inbox = "/exchange/v1/inbox";
    public const string Returns = "/exchange/v1/returns";
    public const string DocumentType = "application/vnd.comity.document+json";

    private const string EnvelopeType = "message/rfc822";

    public static readonly AcceptedContent Envelopes = new(EnvelopeType, SignatureProfile.MaxLength);

    /// <summary>Receipts and error notices carry digests only, never content.</summary>
    public static readonly AcceptedContent Documents = new(DocumentType, 64 * 1024);

    public static string PathOf(ParcelRoute route) => route is ParcelRoute.Inbox ? Inbox : Returns;

    public static string ContentTypeOf(ParcelRoute route) => route is ParcelRoute.Inbox ? EnvelopeType : DocumentType;
}
