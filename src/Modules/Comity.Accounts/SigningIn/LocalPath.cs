namespace Comity.Accounts.SigningIn;

/// <summary>Where somebody may be led after signing in: a path of this node, never another place.</summary>
internal static class LocalPath
{
    private const int Longest = 2048;

    public static string? Or(string? path, string? otherwise) => IsLocal(path) ? path : otherwise;

    private static bool IsLocal(string? path) =>
        path is { Length: > 0 and < Longest }
        && path[0] == '/'
        && (path.Length == 1 || path[1] is not ('/' or '\\'))
        && !path.Any(char.IsControl)
        // Back to a link that has just been used up would be a dead end.
        && !path.StartsWith("/sign-in", StringComparison.OrdinalIgnoreCase);
}
