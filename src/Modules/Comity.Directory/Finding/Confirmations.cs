using Comity.Directory.Data;
using Comity.Kernel.Viewing;

namespace Comity.Directory.Finding;

/// <summary>
/// Who has compared a fingerprint. A signed-in person counts by identity, whatever name is shown; whoever is at the
/// socket is the operator, and is one, whatever names are typed.
/// </summary>
internal static class Confirmations
{
    /// <summary>How many persons must have compared a fingerprint.</summary>
    public const int Needed = 2;

    private const int Longest = 100;
    private const string Operator = "operator";

    /// <summary>Who it is, as it is kept: an identity first, then the name for the eyes.</summary>
    public static string By(Viewer viewer, string name)
    {
        var identity = viewer.PersonId is { } person ? $"person:{person:N}" : Operator;
        var by = $"{identity} {name}";
        return by.Length > Longest ? by[..Longest] : by;
    }

    /// <summary>How many different persons have compared this fingerprint.</summary>
    public static int Persons(IEnumerable<KeyConfirmation> confirmations, string fingerprint) =>
        confirmations.Where(c => c.Fingerprint == fingerprint).Select(c => Identity(c.By)).Distinct().Count();

    /// <summary>Of these fingerprints the one that was confirmed last; null where none is.</summary>
    public static string? Newest(IReadOnlyList<KeyConfirmation> confirmations, IEnumerable<string> fingerprints) =>
        fingerprints
            .Distinct(StringComparer.Ordinal)
            .Where(f => Persons(confirmations, f) >= Needed)
            .OrderByDescending(f => confirmations.Where(c => c.Fingerprint == f).Max(c => c.At))
            .FirstOrDefault();

    public static string Identity(string by) => by.Split(' ', 2)[0];

    /// <summary>The name that was given.</summary>
    public static string Name(string by) => by.Split(' ', 2) is [_, var name] ? name : by;
}
