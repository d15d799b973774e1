namespace Comity.Bench.Mail;

/// <summary>GnuPG, Postfix and Dovecot from Debian; installed where they are missing, without their services.</summary>
internal static class MailPrograms
{
    private static readonly (string Program, string Package)[] Needed =
    [
        ("gpg", "gnupg"),
        ("postfix", "postfix"),
        ("doveadm", "dovecot-core"),
        ("/usr/lib/dovecot/lmtp", "dovecot-lmtpd"),
    ];

    public static async Task SeeToAsync(string folder, CancellationToken stop)
    {
        if (!Environment.IsPrivilegedProcess)
            throw new BenchException(
                "Postfix and Dovecot start as root only. Be root, or leave them out: --without mail"
            );
        string[] missing = [.. Needed.Where(n => !IsThere(n.Program)).Select(n => n.Package)];
        if (missing.Length == 0)
            return;
        Progress.Say($"Installing from Debian: {string.Join(' ', missing)} (no service is started).");
        var log = Path.Combine(folder, "apt.log");
        if (!await Installing.AptAsync(missing, log, stop) || Needed.Any(n => !IsThere(n.Program)))
            throw new BenchException(
                $"{string.Join(' ', missing)} could not be installed. Leave what is measured beside out: --without mail"
            );
    }

    private static bool IsThere(string program) =>
        Path.IsPathRooted(program) ? File.Exists(program) : Shell.Knows(program);
}
