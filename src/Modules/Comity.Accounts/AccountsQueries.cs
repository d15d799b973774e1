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
    public async Task<PersonCard?> PersonAsync(Guid id, CancellationToken ct) =>
        await People().SingleOrDefaultAsync(p => p.Id == id, ct) is { } person ? Card(person) : null;

    /// <summary>Everybody who acts for an office, by name.</summary>
    public async Task<IReadOnlyList<PersonCard>> PeopleOfOfficeAsync(string office, CancellationToken ct)
    {
        var people = await People()
            .Where(p => p.Duties.Any(d => d.Office == office))
            .OrderBy(p => p.Name)
            .ToListAsync(ct);
        return [.. people.Select(Card)];
    }

    private IQueryable<Person> People() => db.Set<Person>().AsNoTracking().Include(p => p.Duties);

    // In memory: SQLite cannot make a list without doubles inside a row.
    private static PersonCard Card(Person person) =>
        new(person.Id, person.Name, [.. person.Duties.Select(d => d.Office).Distinct()]);
}
