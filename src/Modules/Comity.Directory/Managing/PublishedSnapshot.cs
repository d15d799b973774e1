using Comity.Directory.Data;
using Comity.Kernel.Data;
using Comity.Protocol;
using Comity.Protocol.Directories;
using Microsoft.EntityFrameworkCore;

namespace Comity.Directory.Managing;

/// <summary>
/// The octets of the published snapshot, written once for each header and kept. Anybody may ask for them, so asking
/// costs no more than sending.
/// </summary>
internal sealed class PublishedSnapshot : IDisposable
{
    private readonly SemaphoreSlim _one = new(1, 1);
    private volatile Written? _written;

    /// <summary>How often it was written since the start.</summary>
    public int Writings { get; private set; }

    public async Task<ReadOnlyMemory<byte>> OctetsAsync(AppDb db, Digest header, CancellationToken ct)
    {
        if (_written is { } there && there.Header == header)
            return there.Octets;
        await _one.WaitAsync(ct);
        try
        {
            if (_written is not { } meanwhile || meanwhile.Header != header)
                _written = new Written(header, await WriteAsync(db, header, ct));
            return _written.Octets;
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    private async Task<byte[]> WriteAsync(AppDb db, Digest header, CancellationToken ct)
    {
        Writings++;
        var record = await db.Set<SnapshotRecord>().AsNoTracking().SingleAsync(s => s.HeaderDigest == header, ct);
        var digests = record.EntryDigests();
        var octets = await db.Set<EntryVersion>()
            .AsNoTracking()
            .Where(v => digests.Contains(v.Digest))
            .ToDictionaryAsync(v => v.Digest, v => v.Octets, ct);
        return SnapshotFile.Write(
            new Snapshot(
                record.Root,
                record.Delegation,
                record.Header,
                [.. digests.Select(d => new ReadOnlyMemory<byte>(octets[d]))]
            )
        );
    }

    private sealed record Written(Digest Header, byte[] Octets);
}
