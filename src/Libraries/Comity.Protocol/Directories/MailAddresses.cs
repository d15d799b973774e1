namespace Comity.Protocol.Directories;

/// <summary>Mail addresses as entries carry them.</summary>
internal static class MailAddresses
{
    private const string Atoms = "!#$%&'*+-/=?^_`{|}~.";

    /// <summary>
    /// Whether it is an ASCII addr-spec in dot-atom form (RFC 5322, 3.4.1): no display name, no quoting, nothing that
    /// two programs could read as two addresses.
    /// </summary>
    public static bool IsPlain(string address)
    {
        var at = address.IndexOf('@', StringComparison.Ordinal);
        return address.Length <= 254
            && at is > 0 and <= 64
            && at < address.Length - 1
            && IsDotted(address[..at], c => char.IsAsciiLetterOrDigit(c) || Atoms.Contains(c, StringComparison.Ordinal))
            && IsDotted(address[(at + 1)..], c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.');
    }

    private static bool IsDotted(string text, Func<char, bool> allowed) =>
        text.All(allowed) && text.Split('.').All(part => part.Length > 0);
}
