using Comity.Directory;
using Comity.Exchange.Data;
using Comity.Exchange.Sealing;
using Comity.Exchange.Sending;
using Comity.Kernel.Keys;
using Comity.OpenPgp;
using Microsoft.EntityFrameworkCore;

namespace Comity.App.Tests.Exchange;

/// <summary>Taking a key in: what comes into use, what only opens, and what is refused, each in words.</summary>
public sealed class ImportingTests
{
    /// <summary>Which key; the problem where the entry is to name it, and where it is only to open. Null: taken in.</summary>
    public static TheoryData<string, string?, string?> Keys =>
        new()
        {
            { "good", null, null },
            { "expired", "keys.expired", null },
            { "revoked", "keys.revoked", null },
            { "ahead", "keys.not-yet-valid", null },
            { "signs-only", "keys.opens-nothing", "keys.opens-nothing" },
            { "version-6", "keys.version-6", "keys.version-6" },
            { "public", "keys.public-only", "keys.public-only" },
            { "garbage", "keys.not-readable", "keys.not-readable" },
        };

    [Theory]
    [MemberData(nameof(Keys))]
    public async Task A_key_comes_into_use_only_opens_or_is_refused_in_words(
        string which,
        string? named,
        string? opening
    )
    {
        await using var node = await ExchangeNode.SetUpAsync("QM", new(2026, 5, 3, 2, 0, 0, TimeSpan.Zero));
        var (before, entry) = (await HeldAsync(node), await EntryAsync(node));
        var armoured = Armoured(node, which);

        var refused = await Standings.TryImportAsync(node, armoured, named: true);
        Assert.Equal(named, refused.Problem?.Code);
        if (named is not null)
        {
            Assert.Contains("Nothing was changed", refused.Problem!.Text, StringComparison.Ordinal);
            Assert.Equal((before, entry), (await HeldAsync(node), await EntryAsync(node)));
            var taken = await Standings.TryImportAsync(node, armoured, named: false);
            Assert.Equal(opening, taken.Problem?.Code);
            // It opens, and the office goes on with the key that it has.
            Assert.False(taken.Problem is null && taken.Value.InUse);
            Assert.Equal(entry, await EntryAsync(node));
        }
        else
        {
            Assert.True(refused.Value.InUse);
            Assert.NotEqual(entry, await EntryAsync(node));
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_key_that_was_revoked_here_is_not_put_back_into_use_however_often_it_is_taken_in(bool named)
    {
        await using var pair = await Pair.MakeAsync();
        var fingerprint = await Standings.FingerprintAsync(pair.Qm);
        var armoured = await ExportAsync(pair.Qm, fingerprint);
        // Here alone, as somebody does who has not the participant key at hand: the entry goes on naming it.
        await RevokeHereAsync(pair.Qm, fingerprint);

        for (var times = 0; times < 2; times++)
        {
            var outcome = await Standings.TryImportAsync(pair.Qm, armoured, named);
            Assert.Equal(named ? "keys.revoked" : null, outcome.Problem?.Code);
            Assert.False(outcome.Problem is null && outcome.Value.InUse);
        }

        await pair.SendAsync(Pair.Notification("Seen."));
        await pair.Qm.WorkAsync(Acceptance.SealWork);
        await using var db = pair.Qm.Open();
        Assert.Equal(SealingFacts.OwnKey, (await db.Set<Delivery>().SingleAsync()).Cause);
        Assert.Empty(await Pair.WaitingAsync(pair.Qm));
    }

    private static string Armoured(ExchangeNode node, string which)
    {
        var now = node.Clock.GetUtcNow().UtcDateTime;
        using var key = Standings.Office(node, TimeSpan.FromDays(2));
        switch (which)
        {
            case "expired":
                using (var old = SecretKey.Create(KeyProfile.Office, "QM", now.AddDays(-9), TimeSpan.FromDays(2)))
                    return old.Export(ExchangeNode.Passphrase);
            case "ahead":
                using (var young = SecretKey.Create(KeyProfile.Office, "QM", now.AddDays(1), TimeSpan.FromDays(2)))
                    return young.Export(ExchangeNode.Passphrase);
            case "revoked":
                var revocation = key.RevocationCertificate(RevocationReason.Superseded, now);
                using (var revoked = key.WithCertificate(key.Certificate.WithRevocation(revocation)!))
                    return revoked.Export(ExchangeNode.Passphrase);
            case "signs-only":
                return Standings.SigningOnly(node).Export(ExchangeNode.Passphrase);
            case "version-6":
                // Tag 5: the secret part.
                return Armor("PRIVATE KEY", [0xC5, .. Standings.Version6[1..]]);
            case "public":
                return key.Certificate.ToArmor();
            case "garbage":
                return "no key";
            default:
                return key.Export(ExchangeNode.Passphrase);
        }
    }

    private static string Armor(string kind, byte[] octets) =>
        $"-----BEGIN PGP {kind} BLOCK-----\n\n{Convert.ToBase64String(octets)}\n-----END PGP {kind} BLOCK-----\n";

    private static async Task<string> ExportAsync(ExchangeNode node, string fingerprint)
    {
        var export = new Comity.Directory.Keys.ExportKey(fingerprint, ExchangeNode.Passphrase);
        return ExchangeNode
            .Done(
                await node.AskAsync<
                    Comity.Directory.Keys.ExportKeyHandler,
                    Kernel.Outcomes.Outcome<Comity.Directory.Keys.ExportedKey>
                >(h => h.HandleAsync(export, default))
            )
            .Armoured;
    }

    private static async Task RevokeHereAsync(ExchangeNode node, string fingerprint)
    {
        var request = new Comity.Directory.Keys.RevokeKey(fingerprint, "compromised");
        ExchangeNode.Done(
            await node.AskAsync<
                Comity.Directory.Keys.RevokeKeyHandler,
                Kernel.Outcomes.Outcome<Comity.Directory.Keys.RevokedKey>
            >(h => h.HandleAsync(request, Kernel.Viewing.Viewer.System("test"), default))
        );
    }

    private static async Task<int> HeldAsync(ExchangeNode node)
    {
        await using var db = node.Open();
        return await db.Set<HeldKey>().CountAsync();
    }

    private static async Task<Protocol.Digest> EntryAsync(ExchangeNode node) =>
        (await node.Get<DirectoryQueries>().OwnEntryAsync(default))!.Digest;
}
