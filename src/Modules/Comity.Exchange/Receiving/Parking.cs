using Comity.Directory;
using Comity.Exchange.Data;
using Comity.Exchange.Receipts;
using Comity.Kernel;
using Comity.Kernel.Data;
using Comity.Kernel.Sealing;
using Comity.Kernel.Viewing;
using Comity.Kernel.Work;
using Comity.Kernel.Writing;
using Comity.Post;
using Comity.Protocol;
using Comity.Protocol.Envelopes;
using Comity.Protocol.Signing;
using Microsoft.EntityFrameworkCore;

namespace Comity.Exchange.Receiving;

/// <summary>Keeps an envelope whose author's clock runs ahead, warns the peer once, and opens it when its time has come.</summary>
internal sealed class Parking(
    WriteGate gate,
    DirectoryQueries directory,
    Audiences audiences,
    Notices notices,
    Vault vault,
    Blobs blobs,
    IntakeBounds bounds,
    TimeProvider clock
)
{
    /// <summary>Kind of the work that opens a parked envelope.</summary>
    public const string UnparkWork = "exchange.unpark";

    /// <summary>A clock further ahead than this is no clock; such an envelope is refused.</summary>
    public static readonly TimeSpan Furthest = TimeSpan.FromHours(72);
    private static readonly Viewer Parker = Viewer.System("exchange.park");

    public async Task<Reception> ParkAsync(
        ReadOnlyMemory<byte> octets,
        OpenedEnvelope opened,
        Peer sender,
        CancellationToken ct
    )
    {
        var due = opened.Message.Created;
        if (due > clock.Utc() + Furthest)
            return new Reception.Refused("clock-far-ahead", opened.EnvelopeDigest);
        var from = await directory.OfficeAsync(opened.Message.From, ct);
        return await gate.WriteAsync<Reception>(
            Parker,
            async (db, token) =>
            {
                var there = db.Set<Parked>()
                    .Where(p => p.EnvelopeDigest == opened.EnvelopeDigest && p.Home == opened.Recipient);
                if (await there.AnyAsync(token))
                    return new Reception.StoredForLater();
                if (await IsFullAsync(db, opened.Message.From.Participant, octets.Length, token))
                    return new Reception.PutOff(Intake.AskAgain);
                var parked = await AddAsync(db, octets, opened, token);
                await db.EnqueueAsync(UnparkWork, parked.Id.ToString(), due, clock, token);
                await notices.PostAsync(db, Warning(opened), from?.NodeUrl ?? sender.Node, token);
                return new Reception.StoredForLater();
            },
            ct
        );
    }

    /// <summary>Takes the row out, with the envelope and its key; false where somebody else has.</summary>
    public static async Task<bool> TryRemoveAsync(AppDb db, Parked parked, CancellationToken ct)
    {
        if (await db.Set<Parked>().Where(p => p.Id == parked.Id).ExecuteDeleteAsync(ct) == 0)
            return false;
        await db.Set<Blob>().Where(b => b.Id == parked.EnvelopeBlob).ExecuteDeleteAsync(ct);
        await db.Set<StorageKey>().Where(k => k.Id == parked.StorageKeyId).ExecuteDeleteAsync(ct);
        return true;
    }

    private async Task<bool> IsFullAsync(AppDb db, ParticipantCode participant, int octets, CancellationToken ct)
    {
        var theirs = db.Set<Parked>().Where(p => p.Participant == participant);
        return await theirs.CountAsync(ct) >= bounds.Parked
            || await theirs.SumAsync(p => p.Size, ct) + octets > bounds.OctetsParked;
    }

    private async Task<Parked> AddAsync(
        AppDb db,
        ReadOnlyMemory<byte> octets,
        OpenedEnvelope opened,
        CancellationToken ct
    )
    {
        var key = vault.NewKey(clock);
        db.Add(key);
        await using var stream = new MemoryStream(octets.ToArray(), writable: false);
        var blob = await blobs.PutAsync(db, key, stream, ct);
        var audience = await audiences.IdAsync(db, Audience.Office(opened.Recipient), ct);
        var parked = new Parked(Ids.New(clock), audience, opened, blob, clock.Utc());
        db.Add(parked);
        return parked;
    }

    private ErrorNotice Warning(OpenedEnvelope opened) =>
        new()
        {
            Code = Notices.ClockAhead,
            Office = opened.Recipient,
            To = opened.Message.From,
            Message = opened.Message.Id,
            MessageDigest = opened.MessageDigest,
            EnvelopeDigest = opened.EnvelopeDigest,
            At = Instants.InMilliseconds(clock.Utc()),
        };
}
