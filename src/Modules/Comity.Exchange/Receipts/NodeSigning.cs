using Comity.Kernel.Data;
using Comity.Kernel.Keys;
using Comity.Protocol.Signing;

namespace Comity.Exchange.Receipts;

/// <summary>Signs what this node says of its own accord with the node's key.</summary>
internal sealed class NodeSigning(KeyStore keys)
{
    /// <summary>A receipt; null before the node has a key.</summary>
    public async Task<SignedPayload<Receipt>?> SignAsync(AppDb db, Receipt receipt, CancellationToken ct)
    {
        var key = await keys.OpenNodeAsync(db, ct);
        return key is null ? null : SignedDocuments.Sign(receipt, key);
    }

    /// <summary>Octets of a signed request to send again; null before the node has a key.</summary>
    public async Task<ReadOnlyMemory<byte>?> SignAsync(AppDb db, ResendRequest request, CancellationToken ct)
    {
        var key = await keys.OpenNodeAsync(db, ct);
        return key is null ? null : SignedDocuments.Sign(request, key).Octets;
    }

    /// <summary>Octets of a signed request for what is missing; null before the node has a key.</summary>
    public async Task<ReadOnlyMemory<byte>?> SignAsync(AppDb db, GapRequest request, CancellationToken ct)
    {
        var key = await keys.OpenNodeAsync(db, ct);
        return key is null ? null : SignedDocuments.Sign(request, key).Octets;
    }

    /// <summary>Octets of a signed word that an entry is newer; null before the node has a key.</summary>
    public async Task<ReadOnlyMemory<byte>?> SignAsync(AppDb db, KeyNotice notice, CancellationToken ct)
    {
        var key = await keys.OpenNodeAsync(db, ct);
        return key is null ? null : SignedDocuments.Sign(notice, key).Octets;
    }

    /// <summary>Octets of a signed error; null before the node has a key.</summary>
    public async Task<ReadOnlyMemory<byte>?> SignAsync(AppDb db, ErrorNotice error, CancellationToken ct)
    {
        var key = await keys.OpenNodeAsync(db, ct);
        return key is null ? null : SignedDocuments.Sign(error, key).Octets;
    }
}
