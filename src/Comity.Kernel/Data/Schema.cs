using Microsoft.EntityFrameworkCore;

namespace Comity.Kernel.Data;

/// <summary>Brings a database to the schema of this program, forward only.</summary>
public static class Schema
{
    /// <summary>Applies what is missing. Where nothing is, two small queries are all that a start costs.</summary>
    /// <exception cref="NewerDatabaseException">Another version of the program has been here.</exception>
    public static async Task BringUpAsync(AppDb db, CancellationToken ct)
    {
        var known = db.Database.GetMigrations().ToHashSet(StringComparer.Ordinal);
        var applied = await db.Database.GetAppliedMigrationsAsync(ct);
        foreach (var migration in applied)
        {
            if (!known.Remove(migration))
                throw new NewerDatabaseException(migration);
        }
        if (known.Count > 0)
            await db.Database.MigrateAsync(ct);
    }
}

/// <summary>The database has a migration that this program does not know.</summary>
public sealed class NewerDatabaseException(string migration)
    : Exception(
        $"The database was brought up to date by another version of this program ({migration}). No data was changed. "
            + "Start that version, or restore the backup from before it."
    );
