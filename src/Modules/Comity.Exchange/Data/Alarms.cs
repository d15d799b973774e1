using Comity.Directory;
using Comity.Exchange.Words;
using Comity.Kernel;
using Comity.Kernel.Data;
using Comity.Protocol;
using Microsoft.EntityFrameworkCore;

namespace Comity.Exchange.Data;

/// <summary>Why somebody is to be alarmed.</summary>
/// <param name="Home">Whose desk.</param>
/// <param name="Other">The other office; it is proven who it is.</param>
/// <param name="Code">What happened.</param>
internal sealed record AlarmCause(OfficeName Home, OfficeName Other, string Code)
{
    public MessageId? Message { get; init; }

    public Digest? Envelope { get; init; }

    public bool Told { get; init; }
}

/// <summary>Raises alarms: one open row for the same from the same office, with a count.</summary>
internal sealed class Alarms(DirectoryQueries directory, Audiences audiences, TimeProvider clock)
{
    /// <summary>Stands for every code that this version has no words for; a peer makes up none of its own.</summary>
    public const string OtherCode = "other";

    public async Task<bool> IsHomeAsync(OfficeName office, CancellationToken ct) =>
        (await directory.HomeAsync(ct)).Participants.SelectMany(p => p.Offices).Any(o => o.Office == office);

    /// <summary>
    /// Raises an alarm in the caller's write; false where the same one stands there already and was counted, or was put
    /// aside for the same envelope.
    /// </summary>
    public async Task<bool> RaiseAsync(AppDb db, AlarmCause cause, CancellationToken ct)
    {
        var (now, envelope, message) = (clock.Utc(), cause.Envelope, cause.Message);
        var code = RefusalWords.Knows(cause.Code) ? cause.Code : OtherCode;
        var same = db.Set<Alarm>()
            .Where(a => a.Home == cause.Home && a.Other == cause.Other && a.Code == code && a.Told == cause.Told);
        var open = same.Where(a => a.Settled == null);
        // The same envelope that is tried again is not one more.
        var again = await open.Where(a => a.EnvelopeDigest != envelope || a.MessageId != message)
            .ExecuteUpdateAsync(
                s =>
                    s.SetProperty(a => a.Count, a => a.Count + 1)
                        .SetProperty(a => a.Latest, now)
                        .SetProperty(a => a.EnvelopeDigest, envelope)
                        .SetProperty(a => a.MessageId, message),
                ct
            );
        if (again > 0 || await open.AnyAsync(ct))
            return false;
        if (envelope is not null && await same.AnyAsync(a => a.EnvelopeDigest == envelope, ct))
            return false;
        var audience = await audiences.IdAsync(db, Audience.Office(cause.Home), ct);
        db.Add(
            new Alarm(Ids.New(clock), audience, cause.Home, cause.Other, code, now)
            {
                MessageId = message,
                EnvelopeDigest = envelope,
                Told = cause.Told,
            }
        );
        return true;
    }
}
