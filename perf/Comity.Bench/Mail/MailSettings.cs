using System.Globalization;

namespace Comity.Bench.Mail;

/// <summary>Plain settings as one would have them, with what makes a test instance: its folders, ports, no look-ups.</summary>
internal static class MailSettings
{
    /// <summary>Who owns the mailboxes.</summary>
    public const string Owner = "nobody:nogroup";

    /// <summary>The servers work as users of their own and must get to their folders.</summary>
    public const UnixFileMode Everybody = (UnixFileMode)0b111_101_101;

    private static readonly string[] Services =
    [
        "cleanup unix n - n - 0 cleanup",
        "qmgr unix n - n 300 1 qmgr",
        "rewrite unix - - n - - trivial-rewrite",
        "bounce unix - - n - 0 bounce",
        "defer unix - - n - 0 bounce",
        "trace unix - - n - 0 bounce",
        "verify unix - - n - 1 verify",
        "flush unix n - n 1000? 0 flush",
        "proxymap unix - - n - - proxymap",
        "error unix - - n - - error",
        "retry unix - - n - - error",
        "discard unix - - n - - discard",
        "lmtp unix - - n - - lmtp",
        "anvil unix - - n - 1 anvil",
        "scache unix - - n - 1 scache",
        "postlog unix-dgram n - n - 1 postlogd",
    ];

    public static string Postfix(string folder, int lmtp, IEnumerable<string> domains) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"""
            compatibility_level = 3.6
            queue_directory = {folder}/queue
            data_directory = {folder}/data
            maillog_file = {folder}/log
            maillog_file_prefixes = {folder}
            myhostname = mail.qm.example
            mydestination =
            local_recipient_maps =
            alias_maps =
            inet_interfaces = 127.0.0.1
            inet_protocols = ipv4
            mynetworks = 127.0.0.0/8
            smtpd_relay_restrictions = permit_mynetworks, reject
            smtpd_peername_lookup = no
            virtual_mailbox_domains = {string.Join(' ', domains)}
            virtual_transport = lmtp:inet:127.0.0.1:{lmtp}
            message_size_limit = 0
            mailbox_size_limit = 0

            """
        );

    public static string Master(int port) =>
        string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port} inet n - n - - smtpd\n")
        + string.Join('\n', Services)
        + "\n";

    public static string Dovecot(string folder, string mail, int lmtp) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $$"""
            base_dir = {{folder}}/run
            state_dir = {{folder}}/state
            log_path = {{folder}}/log
            protocols = lmtp
            listen = 127.0.0.1
            ssl = no
            first_valid_uid = 1
            mail_location = maildir:~
            mail_fsync = optimized
            service lmtp {
              inet_listener lmtp {
                address = 127.0.0.1
                port = {{lmtp}}
              }
            }
            passdb {
              driver = static
              args = nopassword=y
            }
            userdb {
              driver = static
              args = uid=nobody gid=nogroup home={{mail}}/%d/%n allow_all_users=yes
            }

            """
        );

    /// <summary>The settings that say how mail is handled; not the folders and ports of the instance.</summary>
    public static IEnumerable<string> Shown(string settings) =>
        settings
            .Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Where(l => l.Contains('=', StringComparison.Ordinal) && !l.Contains('/', StringComparison.Ordinal));
}
