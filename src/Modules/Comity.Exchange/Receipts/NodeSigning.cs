using Comity.Kernel.Data;
using Comity.Kernel.Keys;
using Comity.Protocol.Signing;

namespace Comity.Exchange.Receipts;

/// <summary>Signs receipts and errors with the node's key.</summary>
internal sealed class NodeSigning(KeyStore keys)
{
    /// <summary>A receipt; null before the node has a key.</summary>
    public async Task<SignedPayload<Receipt>?> SignAsync(AppDb db, Receipt receipt, CancellationToken ct)
    {
        using var key = await keys.OpenNodeAsync(db, ct);
        return key is null ? null : SignedDocuments.Sign(receipt, key);
    }

    /// <summary>Octets of a signed request to send again; null before the node has a key.</summary>
    public async Task<ReadOnlyMemory<byte>?> SignAsync(AppDb db, ResendRequest request, CancellationToken ct)
    {
        using var key = await keys.OpenNodeAsync(db, ct);
        return key is null ? null : SignedDocuments.Sign(request, key).Octets;
    }

    /// <summary>Octets of a signed error; null before the node has a key.</summary>
    public async Task<ReadOnlyMemory<byte>?> SignAsync(AppDb db, ErrorNotice error, CancellationToken ct)
    {
        using var key = await keys.OpenNodeAsync(db, ct);
        return key is null ? null : SignedDocuments.Sign(error, key).Octets;
    }
}
