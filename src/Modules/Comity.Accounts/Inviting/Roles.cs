using Comity.Kernel.Modules;

namespace Comity.Accounts.Inviting;

/// <summary>The roles under the names that the command line and the API use.</summary>
internal static class Roles
{
    private static readonly Dictionary<string, Role> ByName = new(StringComparer.Ordinal)
    {
        ["analyst"] = Role.Analyst,
        ["duty-officer"] = Role.DutyOfficer,
        ["directory-manager"] = Role.DirectoryManager,
        ["operator"] = Role.Operator,
    };

    public static IEnumerable<string> Names => ByName.Keys;

    public static Role? Parse(string name) => ByName.TryGetValue(name, out var role) ? role : null;

    public static string Name(Role role) => ByName.Single(r => r.Value == role).Key;
}
