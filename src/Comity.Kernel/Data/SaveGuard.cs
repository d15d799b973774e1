using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Comity.Kernel.Data;

/// <summary>
/// Guards every save: a row that the viewer could not see is not changed, whatever was attached to the context, and a
/// viewer adds nothing to an audience that it does not belong to. Raises versions on the way.
/// </summary>
internal sealed class SaveGuard : SaveChangesInterceptor
{
    public override async ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData data,
        InterceptionResult<int> result,
        CancellationToken cancellationToken = default
    )
    {
        if (data.Context is AppDb db)
            foreach (var entry in db.ChangeTracker.Entries().ToList())
                await GuardAsync(entry, db, cancellationToken);
        return result;
    }

    public override InterceptionResult<int> SavingChanges(DbContextEventData data, InterceptionResult<int> result) =>
        throw new InvalidOperationException("Saves are asynchronous; the guard must be able to look at the database.");

    private static async Task GuardAsync(EntityEntry entry, AppDb db, CancellationToken ct)
    {
        if (entry.State is not (EntityState.Added or EntityState.Modified or EntityState.Deleted))
            return;
        if (entry.Entity is IVersioned versioned && entry.State != EntityState.Deleted)
            versioned.Version++;
        if (db.Viewer.SeesAll || entry.Entity is not ISeen seen)
            return;
        if (entry.State != EntityState.Deleted && !db.Sees(seen.AudienceId))
            throw new UnseenRowException(entry.Metadata.ClrType.Name);
        if (entry.State == EntityState.Added)
            return;
        // What the tracked row says of itself may have been made up; the stored row decides.
        var stored = await entry.GetDatabaseValuesAsync(ct);
        if (stored is null || !db.Sees(stored.GetValue<int>(nameof(ISeen.AudienceId))))
            throw new UnseenRowException(entry.Metadata.ClrType.Name);
    }
}

/// <summary>Somebody tried to write a row that they may not see: a fault of the program, never of a person.</summary>
public sealed class UnseenRowException(string entity)
    : InvalidOperationException($"A {entity} outside the viewer's audiences was written.");
