using Comity.Exchange.Data;
using Comity.Exchange.Receipts;
using Comity.Exchange.Resending;
using Comity.Kernel;
using Comity.Kernel.Data;
using Comity.Kernel.Sealing;
using Comity.Kernel.Viewing;
using Comity.Kernel.Writing;
using Comity.Post;
using Comity.Protocol;
using Comity.Protocol.Envelopes;
using Comity.Protocol.Signing;
using Microsoft.EntityFrameworkCore;

namespace Comity.Exchange.Receiving;

/// <summary>
/// Commits a message that passed every check, together with its receipt; the rule of once is decided in the same
/// write, so that two copies that come at one moment are one message.
/// </summary>
internal sealed class TakingIn(
    WriteGate gate,
    AppDbFactory databases,
    NodeSigning node,
    Intake intake,
    Arrivals arrivals,
    Refusing refusing,
    AddressClash clashes,
    Alarms alarms,
    TakeBack takeBack,
    TimeProvider clock
)
{
    private static readonly Viewer Receiver = Viewer.System("exchange.receive");

    public async Task<Reception> TakeAsync(ReadOnlyMemory<byte> octets, OpenedEnvelope opened, CancellationToken ct)
    {
        if (await SignAsync(opened, ct) is not { } receipt)
            return new Reception.Refused(RefusalCodes.NoNodeKey, opened.EnvelopeDigest);
        var given = await takeBack.CheckAsync(opened, ct);
        if (given.Refusal is { } notOurs)
            return await refusing.RefuseAsync(opened, notOurs, ct);
        var clash = await clashes.WithAsync(opened.Message.From, ct);
        var verdict = await WriteAsync(octets, opened, receipt, given.Back, clash, ct);
        return verdict switch
        {
            { Refusal: { } code } => await refusing.RefuseAsync(opened, code, ct),
            { Wait: { } wait } => await refusing.PutOffAsync(opened, wait, ct),
            _ => new Reception.Accepted(verdict.Receipt),
        };
    }

    private Task<Verdict> WriteAsync(
        ReadOnlyMemory<byte> octets,
        OpenedEnvelope opened,
        SignedReceipt receipt,
        GivenBack? back,
        OfficeName? clash,
        CancellationToken ct
    ) =>
        gate.WriteAsync(
            Receiver,
            async (db, token) =>
            {
                // Where another instance took the same at the same moment, this is run again, and is the duplicate.
                if (await SeenAsync(db, opened, token) is { } seen)
                    return seen;
                var whole = await Conversations.FindAsync(db, opened.Message.Conversation, opened.Recipient, token);
                if (
                    await intake.ObjectionAsync(
                        db,
                        whole,
                        opened.Message,
                        new(opened.MessageOctets.Length, octets.Length),
                        token
                    ) is
                    { } against
                )
                    return new Verdict(against.Refusal, default, against.Wait);
                if (back is not null)
                    whole = await takeBack.AddAsync(db, whole, back, opened, token);
                await arrivals.AddAsync(db, whole, octets, opened, receipt, token);
                if (clash is { } other)
                    await alarms.RaiseAsync(db, new AlarmCause(opened.Recipient, other, AddressClash.Code), token);
                return new Verdict(null, receipt.Octets);
            },
            ct
        );

    // Same content again: a duplicate, answered with the stored receipt. Other content: refused.
    private static async Task<Verdict?> SeenAsync(AppDb db, OpenedEnvelope opened, CancellationToken ct)
    {
        var (from, id) = (opened.Message.From, opened.Message.Id);
        var seen = await db.Set<SeenId>()
            .AsNoTracking()
            .SingleOrDefaultAsync(s => s.From == from && s.MessageId == id && s.Home == opened.Recipient, ct);
        if (seen is null)
            return null;
        if (seen.Digest != opened.MessageDigest)
            return new Verdict(RefusalCodes.OtherContent, default);
        var stored = await db.Set<StoredReceipt>()
            .AsNoTracking()
            .Where(r => r.MessageRow == seen.MessageRow && r.Given && r.Level == ReceiptLevel.Opened)
            .Select(r => r.Octets)
            .SingleAsync(ct);
        return new Verdict(null, stored);
    }

    private async Task<SignedReceipt?> SignAsync(OpenedEnvelope opened, CancellationToken ct)
    {
        await using var db = databases.Open(Receiver);
        var says = new Receipt
        {
            Level = ReceiptLevel.Opened,
            Office = opened.Recipient,
            From = opened.Message.From,
            Message = opened.Message.Id,
            MessageDigest = opened.MessageDigest,
            EnvelopeDigest = opened.EnvelopeDigest,
            Exercise = opened.Message.Exercise,
            At = Instants.InMilliseconds(clock.Utc()),
        };
        var signed = await node.SignAsync(db, says, ct);
        return signed is null ? null : new SignedReceipt(says, signed.Octets, signed.Document.Signatures[0].Key);
    }

    private sealed record Verdict(string? Refusal, ReadOnlyMemory<byte> Receipt, TimeSpan? Wait = null);
}
