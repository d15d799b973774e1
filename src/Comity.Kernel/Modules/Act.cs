namespace Comity.Kernel.Modules;

/// <summary>What a person of an office is there for. One person may have several roles.</summary>
public enum Role
{
    /// <summary>Prepares and sends notifications for an office.</summary>
    Analyst,

    /// <summary>Receives for an office and acknowledges.</summary>
    DutyOfficer,

    /// <summary>Keeps the signed directory that others follow; a word of the field, not a class.</summary>
    DirectoryManager,

    /// <summary>Runs the node: keys, set-up, command line. Reads no content.</summary>
    Operator,
}

/// <summary>Something that a person can be permitted to do. Every route names one, or says why it is open.</summary>
/// <param name="Name">Stable name, <c>module.verb</c>.</param>
/// <param name="Meaning">One English sentence for the table of permissions.</param>
/// <param name="Roles">The roles to which it is permitted; an empty list permits nobody.</param>
public sealed record Act(string Name, string Meaning, params IReadOnlyList<Role> Roles);

/// <summary>A place in the navigation, shown to those who are permitted the act; a public one, to everybody.</summary>
/// <param name="Label">English text, translated by the module's words.</param>
/// <param name="Address">Readable path, such as <c>/desk</c>.</param>
/// <param name="Act">The act that the page asks for; null where the page is public.</param>
/// <param name="Order">Lower stands first.</param>
public sealed record Place(string Label, string Address, Act? Act, int Order);
