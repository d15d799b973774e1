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
using Comity.Protocol.Envelopes;
using Microsoft.EntityFrameworkCore;

namespace Comity.Exchange.Receiving;

/// <summary>Opens a parked envelope anew, with every check, and sends its receipt after it.</summary>
internal sealed class Unpark(
    AppDbFactory databases,
    WriteGate gate,
    DirectoryQueries directory,
    ReceiveEnvelope receive,
    OpeningRoom room,
    TakingIn takingIn,
    Refusing refusing,
    Notices notices,
    Blobs blobs,
    TimeProvider clock
) : IWorkHandler
{
    private static readonly Viewer Opener = Viewer.System("exchange.unpark");

    public string Kind => Parking.UnparkWork;

    public TimeSpan LongestPause => Parking.Furthest;

    public async Task<WorkResult> DoAsync(WorkItem item, CancellationToken ct)
    {
        var id = Guid.Parse(item.Key);
        await using var db = databases.Open(Opener);
        var parked = await db.Set<Parked>().AsNoTracking().SingleOrDefaultAsync(p => p.Id == id, ct);
        if (parked is null)
            return WorkResult.Done;
        var octets = await blobs.ReadAsync(db, parked.EnvelopeBlob, ct);
        return await room.InAsync(() => TakeAsync(parked, octets, ct), ct);
    }

    private async Task<WorkResult> TakeAsync(Parked parked, byte[] octets, CancellationToken ct)
    {
        var opening = await receive.OpenAsync(octets, EnvelopeTransport.Https, [parked.Participant], ct);
        if (opening.IsOpened && opening.Envelope.Timing == EnvelopeTiming.Ahead)
        {
            var soon = clock.Utc() + TimeSpan.FromMinutes(1);
            return WorkResult.Again(parked.Due > soon ? parked.Due : soon);
        }
        var reception = opening.IsOpened
            ? await takingIn.TakeAsync(octets, opening.Envelope, ct)
            : await refusing.RefuseAsync(Told(opening.Failure, parked), ct);
        if (reception is Reception.PutOff put)
            return WorkResult.Again(clock.Utc() + put.Wait);
        var from = opening.IsOpened ? await directory.OfficeAsync(opening.Envelope.Message.From, ct) : null;
        await gate.WriteAsync(
            Opener,
            async (write, token) =>
            {
                if (!await Parking.TryRemoveAsync(write, parked, token))
                    return;
                if (reception is Reception.Accepted accepted && from is not null)
                    await notices.PostAsync(write, accepted.Receipt, from.NodeUrl, token);
            },
            ct
        );
        return WorkResult.Done;
    }

    // Their node was told that we keep it, so it is told what became of it. Who it is from was proven when it came.
    private static EnvelopeFailure Told(EnvelopeFailure failure, Parked parked) =>
        failure with
        {
            VerifiedSender = parked.From,
            Recipient = parked.Home,
            EnvelopeDigest = parked.EnvelopeDigest,
        };
}
