using Comity.Directory;
using Comity.Kernel.Data;
using Comity.Kernel.Keys;
using Comity.OpenPgp;
using Comity.Protocol.Envelopes;
using Microsoft.EntityFrameworkCore;

namespace Comity.Exchange.Receiving;

/// <summary>Our offices with every key that they ever had: what was sealed to a retired key is opened as well.</summary>
internal sealed class OwnOffices : IDisposable
{
    private OwnOffices(IReadOnlyList<ReceivingOffice> offices) => Offices = offices;

    public IReadOnlyList<ReceivingOffice> Offices { get; }

    public static async Task<OwnOffices> OpenAsync(AppDb db, HomeCard home, KeyStore keys, CancellationToken ct)
    {
        var held = await db.Set<HeldKey>()
            .AsNoTracking()
            .Where(k => k.Purpose == KeyPurpose.Office)
            .OrderByDescending(k => k.Created)
            .ToListAsync(ct);
        var bySubject = held.ToLookup(k => k.Subject, StringComparer.Ordinal);
        return new OwnOffices([
            .. home
                .Participants.SelectMany(p => p.Offices)
                .Select(o => new ReceivingOffice(
                    o.Office,
                    o.MailAddress,
                    bySubject[o.Office.Value].Select(keys.Open).ToList<SecretKey>()
                )),
        ]);
    }

    public void Dispose()
    {
        foreach (var key in Offices.SelectMany(o => o.Keys))
            key.Dispose();
    }
}
