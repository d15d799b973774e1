using Comity.Directory;
using Comity.Kernel;
using Comity.Kernel.Data;
using Comity.Protocol;
using Microsoft.EntityFrameworkCore;

namespace Comity.Exchange.Data;

/// <summary>Why somebody is to be alarmed.</summary>
/// <param name="Home">Whose desk.</param>
/// <param name="Code">What happened.</param>
internal sealed record AlarmCause(OfficeName Home, string Code)
{
    public OfficeName? Other { get; init; }

    public MessageId? Message { get; init; }

    public Digest? Envelope { get; init; }

    public bool Told { get; init; }
}

/// <summary>Raises alarms, each once.</summary>
internal sealed class Alarms(DirectoryQueries directory, Audiences audiences, TimeProvider clock)
{
    public async Task<bool> IsHomeAsync(OfficeName office, CancellationToken ct) =>
        (await directory.HomeAsync(ct)).Participants.SelectMany(p => p.Offices).Any(o => o.Office == office);

    /// <summary>Raises an alarm in the caller's write; false where the same one stands there already.</summary>
    public async Task<bool> RaiseAsync(AppDb db, AlarmCause cause, CancellationToken ct)
    {
        var same = db.Set<Alarm>()
            .Where(a => a.Home == cause.Home && a.Code == cause.Code && a.Told == cause.Told && a.Settled == null)
            .Where(a => a.Other == cause.Other && a.MessageId == cause.Message);
        if (await same.AnyAsync(ct))
            return false;
        var audience = await audiences.IdAsync(db, Audience.Office(cause.Home), ct);
        db.Add(
            new Alarm(Ids.New(clock), audience, cause.Home, cause.Code, clock.Utc())
            {
                Other = cause.Other,
                MessageId = cause.Message,
                EnvelopeDigest = cause.Envelope,
                Told = cause.Told,
            }
        );
        return true;
    }
}
