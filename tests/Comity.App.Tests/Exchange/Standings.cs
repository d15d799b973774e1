using Comity.Directory;
using Comity.Directory.Data;
using Comity.Directory.Keeping;
using Comity.Directory.Keys;
using Comity.Kernel.Outcomes;
using Comity.Kernel.Viewing;
using Comity.OpenPgp;
using Comity.Protocol.Directories;
using Microsoft.EntityFrameworkCore;

namespace Comity.App.Tests.Exchange;

/// <summary>Brings the key of a node's technical office into a standing, as its entry then shows it to everybody.</summary>
internal static class Standings
{
    private static readonly Viewer Operator = Viewer.System("test");

    /// <summary>A key of OpenPGP version 6: the head of one is enough to know it by.</summary>
    public static byte[] Version6 { get; } = [0xC6, 42, 6, 0, 0, 0, 1, 27, 0, 0, 0, 32, .. new byte[32]];

    public static Task BringAsync(ExchangeNode node, string standing) =>
        standing switch
        {
            "expired" => ImportAsync(node, Office(node, TimeSpan.FromDays(2))),
            "revoked" => RevokeAsync(node, "superseded"),
            "revoked-compromised" => RevokeAsync(node, "compromised"),
            "signs-only" => NameAsync(node, SigningOnly(node).Certificate),
            "missing" => NameAsync(node, null),
            _ => throw new ArgumentOutOfRangeException(nameof(standing)),
        };

    public static SecretKey Office(ExchangeNode node, TimeSpan life) =>
        SecretKey.Create(KeyProfile.Office, UserId(node), Now(node), life);

    public static SecretKey SigningOnly(ExchangeNode node) =>
        SecretKey.Create(KeyProfile.Participant, UserId(node), Now(node), TimeSpan.FromDays(300));

    public static async Task ImportAsync(ExchangeNode node, SecretKey key, bool named = true) =>
        ExchangeNode.Done(await TryImportAsync(node, key, named));

    public static Task<Outcome<ImportedKey>> TryImportAsync(ExchangeNode node, SecretKey key, bool named) =>
        TryImportAsync(node, key.Export(ExchangeNode.Passphrase), named);

    public static Task<Outcome<ImportedKey>> TryImportAsync(ExchangeNode node, string armoured, bool named)
    {
        var request = new ImportKey(
            armoured,
            ExchangeNode.Passphrase,
            node.Technical.Value,
            named ? node.Made.ParticipantKey : null,
            ExchangeNode.Passphrase
        );
        return node.AskAsync<ImportKeyHandler, Outcome<ImportedKey>>(h => h.HandleAsync(request, Operator, default));
    }

    public static async Task RevokeAsync(ExchangeNode node, string reason)
    {
        var request = new RevokeKey(
            await FingerprintAsync(node),
            reason,
            node.Made.ParticipantKey,
            ExchangeNode.Passphrase
        );
        ExchangeNode.Done(
            await node.AskAsync<RevokeKeyHandler, Outcome<RevokedKey>>(h => h.HandleAsync(request, Operator, default))
        );
    }

    public static async Task<string> FingerprintAsync(ExchangeNode node) =>
        (await node.Get<DirectoryQueries>().OfficeAsync(node.Technical, default))!.Fingerprint!;

    /// <summary>What the node's own verbs would refuse: the entry names a certificate that the office cannot work with.</summary>
    public static async Task NameAsync(ExchangeNode node, Certificate? certificate)
    {
        var participants = node.Get<ParticipantKeys>();
        var (home, key) = ExchangeNode.Done(
            await participants.OpenAsync(node.Made.ParticipantKey, ExchangeNode.Passphrase, default)
        );
        using (key)
        {
            ReadOnlyMemory<byte>? certified = null;
            if (certificate is not null)
                certified = key.Certify(certificate, Now(node)).ToOctets();
            ExchangeNode.Done(
                await participants.ChangeAsync(
                    Operator,
                    home,
                    key,
                    core => With(core, node, certified),
                    (_, _) => Task.CompletedTask,
                    default
                )
            );
        }
    }

    /// <summary>An entry that nobody's node would make, with octets for a certificate that no node would name.</summary>
    public static async Task<byte[]> EntryWithAsync(ExchangeNode node, byte[] certificate)
    {
        await using var db = node.Open();
        var home = await db.Set<HomeParticipant>().AsNoTracking().SingleAsync();
        using var key = SecretKey
            .Read(System.Text.Encoding.UTF8.GetBytes(node.Made.ParticipantKey), ExchangeNode.Passphrase)
            .Key!;
        var core = EntryCoreJson.Write(With(EntryCoreJson.Read(home.Core).Value!, node, certificate));
        var now = Now(node);
        var entry = new Entry
        {
            Code = home.Code,
            Sequence = home.Sequence + 1,
            Previous = home.Entry,
            Issued = now,
            ValidUntil = now + EntryTerms.Entry,
            Certificate = home.Certificate,
            Core = core,
            CoreCertification = key.CertifyStatement(
                DirectoryDocuments.CoreNotation,
                Protocol.Digest.Of(core).Value,
                now
            ),
        };
        return DirectoryDocuments.Sign(entry, key, now).Octets.ToArray();
    }

    private static EntryCore With(EntryCore core, ExchangeNode node, ReadOnlyMemory<byte>? certificate) =>
        core with
        {
            Offices =
            [
                .. core.Offices.Select(o => o.Name == node.Technical ? o with { Certificate = certificate } : o),
            ],
        };

    private static DateTime Now(ExchangeNode node) =>
        Protocol.Instants.InMilliseconds(node.Clock.GetUtcNow().UtcDateTime);

    private static string UserId(ExchangeNode node) =>
        $"{node.Technical} <technical@{node.Code.ToLowerInvariant()}.example>";
}
