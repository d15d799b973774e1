using Comity.Directory;
using Comity.Exchange.Receipts;
using Comity.Kernel;
using Comity.Kernel.Data;
using Comity.Kernel.Keys;
using Comity.Kernel.Viewing;
using Comity.Post;
using Comity.Protocol;
using Comity.Protocol.Envelopes;
using Microsoft.Extensions.Logging;

namespace Comity.Exchange.Receiving;

/// <summary>
/// Takes an envelope in. Everything is checked in memory first; then one write commits message, digests and receipt,
/// and only after it does the other side hear that it was received.
/// </summary>
internal sealed class ReceiveEnvelope(
    AppDbFactory databases,
    DirectoryQueries directory,
    OfficeKeys keys,
    OpeningRoom room,
    TakingIn takingIn,
    Refusing refusing,
    Parking parking,
    ReceiveReturn returns,
    TimeProvider clock,
    ILogger<ReceiveEnvelope> log
) : IEnvelopeReceiver
{
    private static readonly Viewer Receiver = Viewer.System("exchange.receive");

    public Task<Reception> ReceiveReturnAsync(
        ReadOnlyMemory<byte> document,
        Peer sender,
        CancellationToken cancellationToken
    ) => returns.ReceiveAsync(document, sender, cancellationToken);

    public Task<Reception> ReceiveEnvelopeAsync(
        ReadOnlyMemory<byte> envelope,
        Peer sender,
        CancellationToken cancellationToken
    ) => room.InAsync(() => ReceiveAsync(envelope, sender, cancellationToken), cancellationToken);

    private async Task<Reception> ReceiveAsync(
        ReadOnlyMemory<byte> envelope,
        Peer sender,
        CancellationToken cancellationToken
    )
    {
        var opening = await OpenAsync(envelope, EnvelopeTransport.Https, sender.Participants, cancellationToken);
        var reception = opening.IsOpened
            ? await JudgeAsync(envelope, opening.Envelope, sender, cancellationToken)
            : await refusing.RefuseAsync(opening.Failure, cancellationToken);
        if (reception is Reception.Refused refused)
            log.LogWarning("Envelope {Envelope} refused: {Reason}", refused.EnvelopeDigest?.Value, refused.Reason);
        return reception;
    }

    /// <summary>Opens with every key of ours and every certificate that the directory has.</summary>
    public async Task<EnvelopeOpening> OpenAsync(
        ReadOnlyMemory<byte> envelope,
        EnvelopeTransport transport,
        IReadOnlyCollection<ParticipantCode> served,
        CancellationToken ct
    )
    {
        await using var db = databases.Open(Receiver);
        var own = await keys.OfficesAsync(db, await directory.HomeAddressesAsync(ct), ct);
        var others = new Correspondents(await directory.OfficesByMailAsync(ct), served);
        return Envelope.Open(
            envelope,
            new OpeningContext
            {
                Own = own,
                SendersAt = others.At,
                Transport = transport,
                Now = clock.Utc(),
                Limits = OpeningRoom.LimitsFor(envelope.Length),
            }
        );
    }

    private async Task<Reception> JudgeAsync(
        ReadOnlyMemory<byte> octets,
        OpenedEnvelope opened,
        Peer sender,
        CancellationToken ct
    )
    {
        // The office signed the content; the node that brings it must be one that its participant entrusted.
        if (!sender.Participants.Contains(opened.Message.From.Participant))
            return await refusing.RefuseAsync(opened, RefusalCodes.OtherNode, ct);
        return opened.Timing switch
        {
            EnvelopeTiming.Old => await refusing.RefuseAsync(opened, RefusalCodes.TooOld, ct),
            EnvelopeTiming.Ahead => await parking.ParkAsync(octets, opened, sender, ct),
            _ => await takingIn.TakeAsync(octets, opened, ct),
        };
    }
}
