using Comity.Directory;
using Comity.Protocol;

namespace Comity.Exchange.Receiving;

/// <summary>
/// Sees where another participant's entry has the mail address of an office that wrote to us. Whose message it is, the
/// key proves; that two entries contradict one another, a person is told.
/// </summary>
internal sealed class AddressClash(DirectoryQueries directory)
{
    /// <summary>Code of the alarm.</summary>
    public const string Code = "address-clash";

    /// <summary>The other office with that address; null where there is none.</summary>
    public async Task<OfficeName?> WithAsync(OfficeName office, CancellationToken ct)
    {
        if (await directory.OfficeAsync(office, ct) is not { } card)
            return null;
        var byMail = await directory.OfficesByMailAsync(ct);
        return byMail(card.MailAddress)
            .Select(c => (OfficeName?)c.Office)
            .FirstOrDefault(o => o!.Value.Participant != office.Participant);
    }
}
