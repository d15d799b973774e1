using System.Buffers.Text;
using Comity.Accounts.Data;
using Comity.Accounts.Sessions;
using Comity.Kernel;
using Comity.Kernel.Data;
using Comity.Kernel.Modules;
using Comity.Kernel.Outcomes;
using Comity.Kernel.Sealing;
using Comity.Kernel.Viewing;
using Comity.Kernel.Writing;
using Microsoft.EntityFrameworkCore;

namespace Comity.Accounts.SigningIn;

/// <summary>Whose link it is, before it is used: mail scanners open links too, so looking uses nothing up.</summary>
internal sealed record InvitedPerson(string Name, IReadOnlyList<string> Offices);

/// <summary>A session that was begun; the secret goes into the cookie and nowhere else.</summary>
internal sealed record BegunSession(Guid Id, byte[] Secret);

/// <summary>Uses a one-time link and begins a session.</summary>
internal sealed class SignIn(AppDbFactory databases, WriteGate gate, Vault vault, TimeProvider clock)
{
    private const int LongestBrowser = 120;
    private static readonly Viewer Job = Viewer.System("sign-in");

    public const string NoGoodText = /* T */
        "This link does not work, or no longer. Nothing was lost. Ask the operator of your node for a new one.";

    /// <summary>Unknown, used and expired links are one and the same to whoever tries them.</summary>
    private static readonly Problem NoGood = Problem.NotFound("accounts.link-not-good", NoGoodText);

    public static void Map(ModuleRoutes routes) => SignInRoutes.Map(routes);

    public async Task<Outcome<InvitedPerson>> LookAsync(string token, CancellationToken ct)
    {
        await using var db = databases.Open(Job);
        if (await FindAsync(db, token, ct) is not { } invitation)
            return NoGood;
        var person = await db.Set<Person>()
            .AsNoTracking()
            .Include(p => p.Duties)
            .SingleAsync(p => p.Id == invitation.PersonId, ct);
        return new InvitedPerson(person.Name, [.. person.Duties.Select(d => d.Office).Distinct()]);
    }

    public async Task<Outcome<BegunSession>> UseAsync(string token, string browser, CancellationToken ct)
    {
        // Whoever only tries links must not make everybody else's writes wait.
        await using (var db = databases.Open(Job))
            if (await FindAsync(db, token, ct) is null)
                return NoGood;
        return await gate.WriteAsync(Job, (db, cancel) => BeginAsync(db, token, browser, cancel), ct);
    }

    private async Task<Outcome<BegunSession>> BeginAsync(AppDb db, string token, string browser, CancellationToken ct)
    {
        if (await FindAsync(db, token, ct) is not { } invitation)
            return NoGood;
        var now = clock.Utc();
        invitation.Use(now);
        var secret = SessionCookie.NewSecret();
        var shown = browser.Length > LongestBrowser ? browser[..LongestBrowser] : browser;
        var session = new Session(Ids.New(clock), invitation.PersonId, vault.Token(secret), shown, now);
        db.Add(session);
        return new BegunSession(session.Id, secret);
    }

    private async Task<Invitation?> FindAsync(AppDb db, string token, CancellationToken ct)
    {
        if (token.Length > 64 || !Base64Url.IsValid(token))
            return null;
        var digest = vault.Token(Base64Url.DecodeFromChars(token));
        var found = await db.Set<Invitation>().SingleOrDefaultAsync(i => i.Token == digest, ct);
        return found?.IsOpen(clock.Utc()) == true ? found : null;
    }
}
