using System.Buffers.Text;
using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using Comity.Accounts.Data;
using Comity.Kernel;
using Comity.Kernel.Data;
using Comity.Kernel.Hosting;
using Comity.Kernel.Modules;
using Comity.Kernel.Outcomes;
using Comity.Kernel.Sealing;
using Comity.Kernel.Viewing;
using Comity.Kernel.Writing;
using Comity.Protocol;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace Comity.Accounts.Inviting;

/// <summary>Whom to invite, for which offices, in which roles.</summary>
internal sealed record Invite(
    [property: Required, MaxLength(200)] string Name,
    [property: Required, MinLength(1), MaxLength(20)] string[] Offices,
    [property: Required, MinLength(1), MaxLength(10)] string[] Roles
);

/// <summary>The link, to be given to the person over a channel that both trust.</summary>
internal sealed record Invited(Guid Person, string Link, DateTime Expires);

/// <summary>A person in the operator's list.</summary>
internal sealed record ListedPerson(Guid Id, string Name, IEnumerable<string> Offices, IEnumerable<string> Roles);

/// <summary>Makes a person and a sign-in link that works once.</summary>
internal sealed class InvitePerson(
    WriteGate gate,
    CurrentViewer current,
    Audiences audiences,
    IHomeOffices home,
    Vault vault,
    NodeOptions node,
    TimeProvider clock
)
{
    // The address that holds the secret may stand in the log of a proxy; it is good for as long as a call takes.
    private static readonly TimeSpan Open = TimeSpan.FromHours(1);

    public static void Map(ModuleRoutes routes)
    {
        routes
            .Api.MapPost(
                "/accounts/invite",
                async (Invite asked, InvitePerson use, CancellationToken ct) =>
                    (await use.HandleAsync(asked, ct)).ToApi()
            )
            .Needs(AccountsModule.Invite);
        routes.Api.MapGet("/accounts", ListAsync).Needs(AccountsModule.Invite);
    }

    public Task<Outcome<Invited>> HandleAsync(Invite asked, CancellationToken ct) =>
        gate.WriteAsync(
            current.Viewer,
            async (db, token) =>
            {
                var offices = await home.ListAsync(db, token);
                var known = offices.ToDictionary(o => o.Office.ToString(), StringComparer.Ordinal);
                var strange = asked.Offices.FirstOrDefault(o => !known.ContainsKey(o));
                if (strange is not null)
                    return Problem
                        .Refused("accounts.no-such-office", "{office} is not an office of this node. Nothing was made.")
                        .With("office", strange);
                var participants = asked.Offices.Select(o => known[o].Office.Participant).Distinct().ToList();
                if (participants is not [var participant])
                    return Problem.Refused(
                        "accounts.one-participant",
                        "A person works for one participant. Nothing was made."
                    );
                var roles = asked.Roles.Select(Roles.Parse).ToList();
                if (roles.Contains(null))
                    return Problem
                        .Refused("accounts.no-such-role", "The roles are: {roles}. Nothing was made.")
                        .With("roles", string.Join(", ", Roles.Names));
                var now = clock.Utc();
                var person = new Person(
                    Ids.New(clock),
                    asked.Name,
                    await audiences.IdAsync(db, Audience.Own(participant), token),
                    now
                );
                foreach (var office in asked.Offices)
                foreach (var role in roles)
                    person.Serve(Ids.New(clock), office, known[office].Kind, role!.Value);
                db.Add(person);
                return (Outcome<Invited>)Link(db, person, now);
            },
            ct
        );

    private Invited Link(AppDb db, Person person, DateTime now)
    {
        var secret = RandomNumberGenerator.GetBytes(24);
        db.Add(new Invitation(Ids.New(clock), person.Id, vault.Token(secret), now, now + Open));
        var link = new Uri(node.BaseUrl, "/sign-in/" + Base64Url.EncodeToString(secret));
        return new Invited(person.Id, link.AbsoluteUri, now + Open);
    }

    private static async Task<List<ListedPerson>> ListAsync(AppDb db, CancellationToken ct)
    {
        var people = await db.Set<Person>().AsNoTracking().Include(p => p.Duties).OrderBy(p => p.Name).ToListAsync(ct);
        return people.ConvertAll(p => new ListedPerson(
            p.Id,
            p.Name,
            p.Duties.Select(d => d.Office).Distinct(),
            p.Duties.Select(d => Roles.Name(d.Role)).Distinct()
        ));
    }
}
