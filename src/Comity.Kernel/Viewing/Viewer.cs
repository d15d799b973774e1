using System.Collections.Immutable;
using Comity.Kernel.Data;
using Comity.Kernel.Modules;
using Comity.Protocol;

namespace Comity.Kernel.Viewing;

/// <summary>
/// On whose behalf something is read or written: resolved once per request, or named by a job. What it may see is a
/// set of audience numbers, and every query is filtered by that set.
/// </summary>
public sealed record Viewer
{
    /// <summary>Who, for the audit: <c>person:…</c>, <c>operator</c>, <c>system:delivery</c>, <c>anonymous</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The name shown to people; empty where there is no person.</summary>
    public string DisplayName { get; init; } = "";

    public Guid? PersonId { get; init; }

    /// <summary>What the person does, and for which office: a role in one office is none in another.</summary>
    public ImmutableArray<RoleInOffice> Duties { get; init; } = [];

    /// <summary>Offices for which the person acts, as <c>QM/technical</c>.</summary>
    public ImmutableArray<string> Offices => [.. Duties.Select(d => d.Office).OfType<string>().Distinct()];

    public ImmutableArray<Role> Roles => [.. Duties.Select(d => d.Role).Distinct()];

    /// <summary>Interned audiences that this viewer belongs to.</summary>
    public ImmutableArray<int> Seen { get; init; } = [];

    /// <summary>The same audiences by name: decides about one that is made while this viewer writes.</summary>
    public ImmutableHashSet<string> Belongs { get; init; } = [];

    /// <summary>True for jobs of the node itself and for nothing that a person steers.</summary>
    public bool SeesAll { get; init; }

    /// <summary>Nobody in particular: sees what is public.</summary>
    public static Viewer Anonymous { get; } = new() { Name = "anonymous", Seen = [Audience.PublicId] };

    /// <summary>A named job of the node.</summary>
    public static Viewer System(string job) => new() { Name = $"system:{job}", SeesAll = true };

    /// <summary>Whether some role of the person permits the act; for which office is asked where there is one.</summary>
    public bool May(Act act) => Duties.Any(d => act.Roles.Contains(d.Role));

    /// <summary>Whether a role that the person has in this office permits the act.</summary>
    public bool May(Act act, string office) =>
        Duties.Any(d => act.Roles.Contains(d.Role) && string.Equals(d.Office, office, StringComparison.Ordinal));

    /// <summary>Does this viewer belong to an audience, whether or not it has a number yet?</summary>
    public bool BelongsTo(Audience audience) =>
        Belongs.Contains(audience.Key)
        || audience.Members.Any(m => Belongs.Contains(Audience.Own(ParticipantCode.Parse(m)).Key));
}

/// <summary>A role, and the office in which somebody has it.</summary>
/// <param name="Office">As <c>QM/technical</c>; null for what belongs to no office, as setting the node up.</param>
/// <param name="Role">The role.</param>
public readonly record struct RoleInOffice(string? Office, Role Role);

/// <summary>The viewer of the current request; set once, by the sign-in middleware or by the operator's socket.</summary>
public sealed class CurrentViewer
{
    public Viewer Viewer { get; set; } = Viewer.Anonymous;
}
