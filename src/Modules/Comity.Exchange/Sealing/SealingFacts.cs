using Comity.Directory;
using Comity.Exchange.Data;
using Comity.Exchange.Receiving;
using Comity.Kernel;
using Comity.Kernel.Data;
using Comity.Kernel.Keys;
using Comity.OpenPgp;
using Comity.Protocol;
using Comity.Protocol.Envelopes;
using Microsoft.EntityFrameworkCore;

namespace Comity.Exchange.Sealing;

/// <summary>Finds what sealing needs, or why it cannot be done now.</summary>
internal sealed class SealingFacts(DirectoryQueries directory, OfficeKeys keys, TimeProvider clock)
{
    public const string UnknownOffice = "unknown-office";
    public const string DirectoryStale = "directory-stale";
    public const string OwnKey = "own-key";
    public const string SignsOnly = KeyPrefix + "signs-only";
    private const string KeyPrefix = "key-";
    private static readonly TimeSpan Fresh = TimeSpan.FromHours(24);

    public async Task<Found> FindAsync(AppDb db, Delivery delivery, CancellationToken ct)
    {
        var home = await db.Set<Conversation>()
            .AsNoTracking()
            .Where(c => c.Id == delivery.ConversationRow)
            .Select(c => c.Home)
            .SingleAsync(ct);
        var card = await directory.OfficeAsync(delivery.Office, ct);
        if (card is null)
            return new Found(home) { Cause = UnknownOffice };
        var found = new Found(home) { Node = card.NodeUrl };
        if (card.KeyStanding != KeyStanding.Usable)
            return found with { Cause = CauseOf(card) };
        if (card.Key is not { } certificate)
            return found with { Cause = KeyPrefix + Sending.SendingProblems.Code(KeyStanding.Missing) };
        if (await IsStaleAsync(card, ct))
            return found with { Cause = DirectoryStale };
        var own = await directory.OfficeAsync(home, ct);
        var held = await KeyStore.CurrentAsync(db, KeyPurpose.Office, home.Value, ct);
        if (own is null || held is null)
            return found with { Cause = OwnKey };
        return found with
        {
            Sender = new SendingOffice(home, own.MailAddress, keys.Of(held)),
            Recipient = new Correspondent(delivery.Office, card.MailAddress, certificate),
        };
    }

    /// <summary>Whether the other side could do something about it.</summary>
    public static bool IsTheirs(string cause) => cause.StartsWith(KeyPrefix, StringComparison.Ordinal);

    /// <summary>Why nothing can be sealed to an office whose key is not usable.</summary>
    public static string CauseOf(OfficeCard card) =>
        card.SignsOnly ? SignsOnly : KeyPrefix + Sending.SendingProblems.Code(card.KeyStanding);

    public static string CauseOf(KeyStanding signer, KeyStanding recipient) =>
        signer == KeyStanding.Usable ? KeyPrefix + Sending.SendingProblems.Code(recipient) : OwnKey;

    // What this node's own participants say needs no poll; all else was heard from a directory, and may be old.
    private async Task<bool> IsStaleAsync(OfficeCard card, CancellationToken ct)
    {
        if (card.OriginDirectory is not { } origin)
            return false;
        if ((await directory.HomeAddressesAsync(ct)).Keys.Any(o => o.Participant == origin))
            return false;
        return await directory.LastGoodPollAsync(origin, ct) is not { } poll || clock.Utc() - poll > Fresh;
    }

    /// <summary>What was found; the sender's key stays with the store.</summary>
    internal sealed record Found(OfficeName Home)
    {
        /// <summary>Why it cannot be sealed now, as a code; null where it can.</summary>
        public string? Cause { get; init; }

        public Uri? Node { get; init; }

        public SendingOffice? Sender { get; init; }

        public Correspondent? Recipient { get; init; }
    }
}
