using Microsoft.EntityFrameworkCore;

namespace Comity.Kernel.Data;

/// <summary>How far a database is.</summary>
public enum SchemaStanding
{
    /// <summary>Nothing was ever made in it.</summary>
    Empty,

    /// <summary>Migrations of this program are missing.</summary>
    Older,

    /// <summary>It is as this program has it.</summary>
    Current,
}

/// <summary>Brings a database to the schema of this program, forward only.</summary>
public static class Schema
{
    /// <summary>Applies what is missing. Where nothing is, two small queries are all that a start costs.</summary>
    /// <exception cref="NewerDatabaseException">Another version of the program has been here.</exception>
    public static async Task BringUpAsync(AppDb db, CancellationToken ct)
    {
        if (await LookAsync(db, ct) != SchemaStanding.Current)
            await db.Database.MigrateAsync(ct);
    }

    /// <summary>Looks, and changes nothing.</summary>
    /// <exception cref="NewerDatabaseException">Another version of the program has been here.</exception>
    public static async Task<SchemaStanding> LookAsync(AppDb db, CancellationToken ct)
    {
        var missing = db.Database.GetMigrations().ToHashSet(StringComparer.Ordinal);
        var applied = (await db.Database.GetAppliedMigrationsAsync(ct)).ToList();
        foreach (var migration in applied)
        {
            if (!missing.Remove(migration))
                throw new NewerDatabaseException(migration);
        }
        return missing.Count == 0 ? SchemaStanding.Current
            : applied.Count == 0 ? SchemaStanding.Empty
            : SchemaStanding.Older;
    }
}

/// <summary>The database has a migration that this program does not know.</summary>
public sealed class NewerDatabaseException(string migration)
    : Exception(
        $"The database was brought up to date by another version of this program ({migration}). No data was changed. "
            + "Start that version, or restore the backup from before it."
    );
