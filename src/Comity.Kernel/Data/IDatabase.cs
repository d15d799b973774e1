using System.Data.Common;
using Comity.Kernel.Work;
using Microsoft.EntityFrameworkCore;

namespace Comity.Kernel.Data;

/// <summary>The few things in which the two databases differ.</summary>
public interface IDatabase
{
    /// <summary><c>sqlite</c> or <c>postgres</c>.</summary>
    string Name { get; }

    /// <summary>True where one writer at a time is all there is, so that the write gate commits in groups.</summary>
    bool OneWriter { get; }

    /// <summary>A connection for one user at a time, open or not yet; whoever is done with it disposes of it.</summary>
    DbConnection Connect();

    /// <summary>Sets contexts up for this kind of database; each is then given a connection.</summary>
    void Configure(DbContextOptionsBuilder options);

    /// <summary>
    /// Does what instances that start at the same moment must not do at the same time. Whoever is killed in it keeps
    /// nobody else out.
    /// </summary>
    Task AloneAsync(Func<CancellationToken, Task> work, CancellationToken ct);

    /// <summary>Brings the schema up to date, alone; clears a migration lock that a killed process left.</summary>
    Task MigrateAsync(AppDb db, CancellationToken ct);

    /// <summary>Writes everything as it stands at one moment into a new file, while others read and write.</summary>
    /// <exception cref="MissingProgramException">A program of the database server is not on this machine.</exception>
    Task CopyAsync(string file, CancellationToken ct);

    /// <summary>Fills an empty database with such a copy.</summary>
    /// <exception cref="InvalidOperationException">The database is not empty; nothing was changed.</exception>
    /// <exception cref="MissingProgramException">A program of the database server is not on this machine.</exception>
    Task FillAsync(string file, CancellationToken ct);

    /// <summary>Whether this fault, or one within it, says that there was no room left to write.</summary>
    bool IsFull(Exception fault);

    /// <summary>Work that is due and not leased, locked against other instances where there are any.</summary>
    IQueryable<WorkItem> Due(AppDb db, DateTime now, int most);
}

/// <summary>Something that the surroundings should have is not there; the message says what installs it.</summary>
public sealed class MissingProgramException(string message) : Exception(message);
