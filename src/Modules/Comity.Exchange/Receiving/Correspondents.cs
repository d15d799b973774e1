using Comity.Directory;
using Comity.Protocol;
using Comity.Protocol.Envelopes;

namespace Comity.Exchange.Receiving;

/// <summary>
/// Offices by mail address, as the directory has them now. Anybody can write
/// the address of another into its own entry: so all are candidates, and who signed is the one.
/// </summary>
internal sealed class Correspondents(
    Func<string, IReadOnlyList<OfficeCard>> byMail,
    IReadOnlyCollection<ParticipantCode> served
)
{
    /// <summary>One participant cannot make it slow for another by listing many offices under one address.</summary>
    public const int MostOfOne = 4;

    /// <summary>Every office with that address and a certificate; first those of the participants whose node brought it.</summary>
    public IReadOnlyList<Correspondent> At(string mailAddress) =>
        [
            .. byMail(mailAddress)
                .GroupBy(c => c.Office.Participant)
                .OrderByDescending(g => served.Contains(g.Key))
                .SelectMany(g => g.Select(Read).OfType<Correspondent>().Take(MostOfOne)),
        ];

    private static Correspondent? Read(OfficeCard card) =>
        card.Key is { } certificate ? new Correspondent(card.Office, card.MailAddress, certificate) : null;
}
