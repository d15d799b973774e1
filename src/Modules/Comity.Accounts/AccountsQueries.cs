using Comity.Accounts.Data;
using Comity.Kernel.Data;
using Microsoft.EntityFrameworkCore;

namespace Comity.Accounts;

/// <summary>A person as other modules may show them.</summary>
/// <param name="Id">Stable id.</param>
/// <param name="Name">The name shown to colleagues.</param>
/// <param name="Offices">Offices that the person acts for, as <c>QM/technical</c>.</param>
public sealed record PersonCard(Guid Id, string Name, IReadOnlyList<string> Offices);

/// <summary>What other modules may ask about people.</summary>
public sealed class AccountsQueries(AppDb db)
{
    /// <summary>One person; null where there is none, or not for this viewer.</summary>
    public Task<PersonCard?> PersonAsync(Guid id, CancellationToken ct) =>
        Cards().Where(p => p.Id == id).SingleOrDefaultAsync(ct);

    /// <summary>Everybody who acts for an office, by name.</summary>
    public async Task<IReadOnlyList<PersonCard>> PeopleOfOfficeAsync(string office, CancellationToken ct) =>
        await db.Set<Person>()
            .AsNoTracking()
            .Where(p => p.Duties.Any(d => d.Office == office))
            .OrderBy(p => p.Name)
            .Select(p => new PersonCard(p.Id, p.Name, p.Duties.Select(d => d.Office).Distinct().ToList()))
            .ToListAsync(ct);

    private IQueryable<PersonCard> Cards() =>
        db.Set<Person>()
            .AsNoTracking()
            .Select(p => new PersonCard(p.Id, p.Name, p.Duties.Select(d => d.Office).Distinct().ToList()));
}
