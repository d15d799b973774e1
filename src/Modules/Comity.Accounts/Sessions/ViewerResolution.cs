using System.Security.Claims;
using Comity.Accounts.Data;
using Comity.Kernel;
using Comity.Kernel.Data;
using Comity.Kernel.Hosting;
using Comity.Kernel.Modules;
using Comity.Kernel.Sealing;
using Comity.Kernel.Viewing;
using Comity.Kernel.Writing;
using Comity.Protocol;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace Comity.Accounts.Sessions;

/// <summary>Finds out, once per request, on whose behalf it is made.</summary>
internal sealed class ViewerResolution(
    AppDbFactory databases,
    WriteGate gate,
    Vault vault,
    SessionCookie cookie,
    CurrentViewer current,
    TimeProvider clock,
    IHomeOffices? home = null
)
{
    private static readonly Viewer Resolver = Viewer.System("sign-in");
    private static readonly TimeSpan SeenEvery = TimeSpan.FromMinutes(5);

    public async Task ResolveAsync(HttpContext context)
    {
        var ct = context.RequestAborted;
        if (context.Features.Get<IConnectionItemsFeature>()?.Items.ContainsKey(OperatorConnection.Key) == true)
            current.Viewer = await OperatorAsync(ct);
        // A cookie counts on pages only: the API has no form tokens, so a browser must not be able to act there.
        else if (
            context.GetEndpoint()?.Metadata.OfType<Way>().Contains(Way.Page) == true
            && cookie.Read(context) is { } sent
        )
            current.Viewer = await PersonAsync(sent.Id, sent.Secret, ct) ?? Viewer.Anonymous;
        // Form tokens carry this name, so that one made for somebody else, or before signing in, is not taken.
        context.User = new ClaimsPrincipal(
            new ClaimsIdentity(
                [new Claim(ClaimTypes.NameIdentifier, current.Viewer.Name)],
                current.Viewer == Viewer.Anonymous ? null : "comity"
            )
        );
    }

    private async Task<Viewer> OperatorAsync(CancellationToken ct)
    {
        await using var db = databases.Open(Resolver);
        var offices = home is null ? [] : await home.ListAsync(db, ct);
        return new Viewer
        {
            Name = "operator",
            DisplayName = "Operator",
            Duties =
            [
                .. offices
                    .Select(o => o.Office.ToString())
                    .Append(null)
                    .SelectMany(office => Enum.GetValues<Role>().Select(role => new RoleInOffice(office, role))),
            ],
            Seen = await Audiences.SeenAsync(db, offices, ct),
            Belongs = Audiences.KeysOf(offices),
        };
    }

    private async Task<Viewer?> PersonAsync(Guid id, byte[] secret, CancellationToken ct)
    {
        await using var db = databases.Open(Resolver);
        var now = clock.Utc();
        var session = await db.Set<Session>().AsNoTracking().SingleOrDefaultAsync(s => s.Id == id, ct);
        // The digest is keyed, so comparing it tells an onlooker nothing of the secret.
        if (
            session is null
            || !session.IsOpen(now)
            || !string.Equals(session.Secret, vault.Token(secret), StringComparison.Ordinal)
        )
            return null;
        if (session.LastSeen + SeenEvery < now)
            await SeeAsync(id, now, ct);
        var person = await db.Set<Person>()
            .AsNoTracking()
            .Include(p => p.Duties)
            .SingleAsync(p => p.Id == session.PersonId, ct);
        var standings = person
            .Duties.Select(d => new Audiences.Standing(OfficeName.Parse(d.Office), d.Kind))
            .Distinct()
            .ToList();
        return new Viewer
        {
            Name = $"person:{person.Id:N}",
            DisplayName = person.Name,
            PersonId = person.Id,
            Duties = [.. person.Duties.Select(d => new RoleInOffice(d.Office, d.Role))],
            Seen = await Audiences.SeenAsync(db, standings, ct),
            Belongs = Audiences.KeysOf(standings),
        };
    }

    private async Task SeeAsync(Guid id, DateTime now, CancellationToken ct)
    {
        try
        {
            await gate.WriteAsync(
                Resolver,
                async (db, token) => (await db.Set<Session>().SingleAsync(s => s.Id == id, token)).See(now),
                ct
            );
        }
        catch (DiskFullException)
        {
            // Whoever is in can still read, and look what is wrong.
        }
    }
}
