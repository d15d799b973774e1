using Comity.Directory;
using Comity.OpenPgp;
using Comity.Protocol;
using Comity.Protocol.Envelopes;

namespace Comity.Exchange.Receiving;

/// <summary>
/// Offices by mail address, as the directory has them now; certificates are read where they are needed. Where an
/// envelope came from a proven node, its own participants' offices come first: another participant that writes the same
/// address into its entry silences nobody.
/// </summary>
internal sealed class Correspondents(
    Func<string, IReadOnlyList<OfficeCard>> byMail,
    IReadOnlyCollection<ParticipantCode> served
)
{
    /// <summary>The one office with that address and a certificate; null where there is none, or more than one.</summary>
    public Correspondent? At(string mailAddress)
    {
        var found = byMail(mailAddress);
        var own = found.Where(c => served.Contains(c.Office.Participant)).ToList();
        if (own.Count > 0)
            found = own;
        // Two offices under one address: the address does not say who it is, so nobody is believed.
        if (found is not [{ Certificate: { } octets } card])
            return null;
        return Certificate.Read(octets).Certificate is { } certificate
            ? new Correspondent(card.Office, card.MailAddress, certificate)
            : null;
    }
}
