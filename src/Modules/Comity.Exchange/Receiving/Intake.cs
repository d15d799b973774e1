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
    public int ConversationsADay { get; init; } = 200;

    public int MessagesPerConversation { get; init; } = 1000;

    /// <summary>Sealed octets of messages, without their attachments.</summary>
    public long OctetsPerConversation { get; init; } = 8L << 20;
}

/// <summary>Why a message that is good in itself is not taken in: a code, or how long to wait; neither where it is.</summary>
internal readonly record struct Objection(string? Refusal, TimeSpan? Wait);

/// <summary>Whether a message that passed every check of its own fits into what is here already.</summary>
internal sealed class Intake(IntakeBounds bounds, TimeProvider clock)
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private static readonly TimeSpan AskAgain = TimeSpan.FromMinutes(30);

    /// <summary>Null where nothing stands against it.</summary>
    public async Task<Objection?> ObjectionAsync(
        AppDb db,
        Conversation? whole,
        Message message,
        int octets,
        CancellationToken ct
    )
    {
        if (message.Record != RecordMode.BetweenUs)
            return new(RefusalCodes.RecordNotKept, null);
        if (whole is null)
            return await HasOpenedManyAsync(db, message.From.Participant, ct) ? new(null, AskAgain) : null;
        if (!whole.IsParty(message.From))
            return new(RefusalCodes.NotAParty, null);
        if (whole.Exercise != message.Exercise)
            return new(RefusalCodes.OtherExercise, null);
        return await IsFullAsync(db, whole, message, octets, ct) ? new(RefusalCodes.ConversationFull, null) : null;
    }

    private async Task<bool> HasOpenedManyAsync(AppDb db, ParticipantCode participant, CancellationToken ct)
    {
        var since = clock.Utc() - Day;
        var opened = db.Set<Conversation>().Where(c => c.OpenedBy == participant && c.Opened > since);
        return await opened.CountAsync(ct) >= bounds.ConversationsADay;
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
        return await theirs.CountAsync(ct) >= bounds.MessagesPerConversation
            || await theirs.SumAsync(m => (long)m.SealedOctets.Length, ct) + octets > bounds.OctetsPerConversation;
    }
}
