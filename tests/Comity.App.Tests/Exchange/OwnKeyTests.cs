using Comity.Directory;
using Comity.Directory.Keys;
using Comity.Exchange.Data;
using Comity.Exchange.Sealing;
using Comity.Exchange.Sending;
using Comity.Kernel.Keys;
using Comity.Kernel.Outcomes;
using Comity.Kernel.Viewing;
using Comity.Post;
using Microsoft.EntityFrameworkCore;

namespace Comity.App.Tests.Exchange;

/// <summary>A message of an office whose own key cannot be used, and what happens when there is another.</summary>
public sealed class OwnKeyTests
{
    private static readonly Viewer Operator = Viewer.System("test");

    [Fact]
    public async Task What_waits_for_a_key_of_our_own_is_sealed_as_soon_as_one_is_made()
    {
        await using var pair = await Pair.MakeAsync();
        await pair.SendAsync(Pair.Notification("Seen."));
        var revoke = new RevokeKey(await FingerprintAsync(pair.Qm), "compromised");
        ExchangeNode.Done(
            await pair.Qm.AskAsync<RevokeKeyHandler, Outcome<RevokedKey>>(h => h.HandleAsync(revoke, Operator, default))
        );
        await WaitsAsync(pair);

        await NewKeyAsync(pair.Qm);

        await pair.Qm.WorkAsync(Acceptance.SealWork);
        Assert.Single(await Pair.WaitingAsync(pair.Qm));
    }

    [Fact]
    public async Task What_waits_for_a_key_of_our_own_is_sealed_as_soon_as_it_is_taken_in_again()
    {
        await using var pair = await Pair.MakeAsync();
        await pair.SendAsync(Pair.Notification("Seen."));
        var export = new ExportKey(await FingerprintAsync(pair.Qm), ExchangeNode.Passphrase);
        var exported = ExchangeNode.Done(
            await pair.Qm.AskAsync<ExportKeyHandler, Outcome<ExportedKey>>(h => h.HandleAsync(export, default))
        );
        await pair.Qm.WriteAsync(db =>
            db.Set<HeldKey>().Where(k => k.Fingerprint == exported.Fingerprint).ExecuteDeleteAsync()
        );
        await WaitsAsync(pair);

        var import = new ImportKey(exported.Armoured, ExchangeNode.Passphrase, pair.Qm.Technical.Value);
        var taken = ExchangeNode.Done(
            await pair.Qm.AskAsync<ImportKeyHandler, Outcome<ImportedKey>>(h =>
                h.HandleAsync(import, Operator, default)
            )
        );

        Assert.True(taken.InUse);
        Assert.IsType<Reception.Accepted>(Assert.Single(await Pair.CarryAsync(pair.Qm, pair.Qn)));
    }

    [Fact]
    public async Task What_a_new_key_signed_is_refused_until_the_others_have_the_entry_and_taken_in_then()
    {
        await using var pair = await Pair.MakeAsync();
        await NewKeyAsync(pair.Qm);
        await pair.SendAsync(Pair.Notification("Seen."));
        await pair.Qm.WorkAsync(Acceptance.SealWork);
        var (_, octets) = Assert.Single(await Pair.WaitingAsync(pair.Qm));

        var early = await Pair.HandInAsync(pair.Qm, pair.Qn, octets);
        Assert.Equal("wrong-signer", Assert.IsType<Reception.Refused>(early).Reason);
        await pair.Qn.LearnAsync(pair.Qm);
        Assert.IsType<Reception.Accepted>(await Pair.HandInAsync(pair.Qm, pair.Qn, octets));
    }

    private static async Task WaitsAsync(Pair pair)
    {
        await pair.Qm.WorkAsync(Acceptance.SealWork);
        await using var db = pair.Qm.Open();
        Assert.Equal(SealingFacts.OwnKey, (await db.Set<Delivery>().SingleAsync()).Cause);
        // Nothing but the new key wakes it: its pause is not over.
        await pair.Qm.WorkAsync(Acceptance.SealWork);
        Assert.Empty(await Pair.WaitingAsync(pair.Qm));
    }

    private static async Task<string> FingerprintAsync(ExchangeNode node) =>
        (await node.Get<DirectoryQueries>().OfficeAsync(node.Technical, default))!.Fingerprint!;

    private static async Task NewKeyAsync(ExchangeNode node)
    {
        var request = new CreateKey(node.Made.ParticipantKey, ExchangeNode.Passphrase, node.Technical.Value);
        ExchangeNode.Done(
            await node.AskAsync<CreateKeyHandler, Outcome<CreatedKey>>(h => h.HandleAsync(request, Operator, default))
        );
    }
}
