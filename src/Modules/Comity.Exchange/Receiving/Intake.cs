using Comity.Exchange.Data;
using Comity.Kernel;
using Comity.Kernel.Data;
using Comity.Protocol;
using Comity.Protocol.Messages;
using Microsoft.EntityFrameworkCore;

namespace Comity.Exchange.Receiving;

/// <summary>How much one participant may leave here, so that none hides or slows down what others say.</summary>
internal sealed record IntakeBounds
{
    /// <summary>That one participant opens; exercises count apart, so that a drill uses up nothing of what is real.</summary>
    public int ConversationsADay { get; init; } = 200;

    /// <summary>Of envelopes with all that they carry.</summary>
    public long OctetsADay { get; init; } = 2L << 30;

    public int MessagesPerConversation { get; init; } = 1000;

    /// <summary>Sealed octets of messages, without their attachments.</summary>
    public long OctetsPerConversation { get; init; } = 8L << 20;

    /// <summary>Envelopes that wait for their time.</summary>
    public int Parked { get; init; } = 20;

    public long OctetsParked { get; init; } = 64L << 20;
}

/// <summary>Why a message that is good in itself is not taken in: a code, or how long to wait; neither where it is.</summary>
internal readonly record struct Objection(string? Refusal, TimeSpan? Wait);

/// <summary>Octets of a message, and of the envelope that it came in.</summary>
internal readonly record struct IntakeSize(int Message, long Envelope);

/// <summary>Whether a message that passed every check of its own fits into what is here already.</summary>
internal sealed class Intake(IntakeBounds bounds, TimeProvider clock)
{
    private readonly IntakeTally _tally = new(clock);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    public static readonly TimeSpan AskAgain = TimeSpan.FromMinutes(30);

    /// <summary>Null where nothing stands against it.</summary>
    public async Task<Objection?> ObjectionAsync(
        AppDb db,
        Conversation? whole,
        Message message,
        IntakeSize size,
        CancellationToken ct
    )
    {
        if (message.Record != RecordMode.BetweenUs)
            return new(RefusalCodes.RecordNotKept, null);
        if (await HasSentMuchAsync(db, message.From.Participant, size.Envelope, ct))
            return new(null, AskAgain);
        if (whole is null)
            return await HasOpenedManyAsync(db, message, ct) ? new(null, AskAgain) : null;
        // The id is made of both: two that agree in it and differ here were searched for.
        if (whole.Exercise != message.Exercise || whole.Opener != message.OpenedBy.Office)
            return new(RefusalCodes.OtherOpening, null);
        return await IsFullAsync(db, whole, message, size.Message, ct)
            ? new(RefusalCodes.ConversationFull, null)
            : null;
    }

    // One conversation with several of our offices is one.
    private async Task<bool> HasOpenedManyAsync(AppDb db, Message message, CancellationToken ct)
    {
        var (since, participant) = (clock.Utc() - Day, message.From.Participant);
        var others = db.Set<Conversation>()
            .Where(c => c.OpenedBy == participant && c.Opened > since && c.Exercise == message.Exercise)
            .Where(c => c.ConversationId != message.Conversation)
            .Select(c => c.ConversationId)
            .Distinct();
        return await others.CountAsync(ct) >= bounds.ConversationsADay;
    }

    private async Task<bool> HasSentMuchAsync(AppDb db, ParticipantCode participant, long more, CancellationToken ct)
    {
        var since = clock.Utc() - Day;
        var theirs = db.Set<StoredMessage>().Where(m => m.Participant == participant && !m.Sent && m.At > since);
        return !await _tally.HasRoomAsync(
            db,
            participant,
            more,
            new(long.MaxValue, bounds.OctetsADay),
            async () => new(0, await theirs.SumAsync(m => m.Size, ct))
        );
    }

    private async Task<bool> IsFullAsync(
        AppDb db,
        Conversation whole,
        Message message,
        int octets,
        CancellationToken ct
    )
    {
        var participant = message.From.Participant;
        var theirs = db.Set<StoredMessage>().Where(m => m.ConversationRow == whole.Id && m.Participant == participant);
        return !await _tally.HasRoomAsync(
            db,
            (whole.Id, participant),
            octets,
            new(bounds.MessagesPerConversation, bounds.OctetsPerConversation),
            async () => new(await theirs.CountAsync(ct), await theirs.SumAsync(m => (long)m.SealedOctets.Length, ct))
        );
    }
}
