using Comity.App.Tests.Exchange;
using Comity.Directory;
using Comity.Directory.Keys;
using Comity.Exchange.Data;
using Comity.Exchange.Sealing;
using Comity.Kernel.Keys;
using Comity.Kernel.Outcomes;
using Comity.Kernel.Viewing;
using Comity.Post;
using Microsoft.EntityFrameworkCore;

namespace Comity.App.Tests.Instances;

/// <summary>What one instance does with keys holds at the other at once, whatever that one has opened before.</summary>
public sealed class KeysAtTwoTests
{
    private static readonly Viewer Operator = Viewer.System("test");

    [Fact]
    public async Task A_key_that_one_instance_makes_or_revokes_the_other_uses_or_does_not_use_at_once()
    {
        await using var twins = await Twins.MakeAsync();
        await Twins.SendAsync(twins.One, Pair.Notification("Seen."));
        var before = (await FoundAsync(twins.Other)).Sender!.Key.Certificate.Fingerprint;

        var made = ExchangeNode.Done(await CreateAsync(twins.One));
        Assert.NotEqual(before, made.Fingerprint);
        Assert.Equal(made.Fingerprint, (await FoundAsync(twins.Other)).Sender!.Key.Certificate.Fingerprint);

        var request = new RevokeKey(made.Fingerprint, "compromised");
        ExchangeNode.Done(
            await twins.One.AskAsync<RevokeKeyHandler, Outcome<RevokedKey>>(h =>
                h.HandleAsync(request, Operator, default)
            )
        );
        Assert.Equal(SealingFacts.OwnKey, (await FoundAsync(twins.Other)).Cause);
    }

    [Fact]
    public async Task What_is_sealed_to_a_key_that_one_instance_made_the_other_opens()
    {
        await using var twins = await Twins.MakeAsync();
        await twins.TakeAsync(twins.Other, await twins.SealedByQnAsync("To the key before."));
        ExchangeNode.Done(await CreateAsync(twins.One));
        twins.Qn.Clock.Advance(TimeSpan.FromMinutes(2));
        twins.One.Clock.Advance(TimeSpan.FromMinutes(2));
        await twins.Qn.LearnAsync(twins.One);
        var answer = await twins.TakeAsync(twins.Other, await twins.SealedByQnAsync("To the new one."));
        Assert.IsType<Reception.Accepted>(answer);
    }

    [Fact]
    public async Task A_node_key_that_one_instance_takes_out_of_use_signs_nothing_at_the_other()
    {
        await using var twins = await Twins.MakeAsync();
        Assert.Equal(twins.One.Made.NodeKey, await NodeKeyAsync(twins.Other));
        var made = ExchangeNode.Done(await CreateAsync(twins.One, "node", compromised: true));
        Assert.Equal(made.Fingerprint, await NodeKeyAsync(twins.Other));
    }

    [Fact]
    public async Task Of_two_keys_that_are_made_at_two_instances_at_the_same_moment_one_is_kept_and_the_other_is_asked_for_again()
    {
        await using var twins = await Twins.MakeAsync();
        var outcomes = await twins.BothAsync("directory_home", at => CreateAsync(at));
        var made = Assert.Single(outcomes, o => o.IsDone).Value;
        Assert.Equal("keys.changed-meanwhile", Assert.Single(outcomes, o => !o.IsDone).Problem!.Code);
        await using var db = twins.One.Open();
        var current = await KeyStore.CurrentAsync(db, KeyPurpose.Office, twins.One.Technical.Value, default);
        Assert.Equal(made.Fingerprint, current?.Fingerprint);
    }

    private static Task<Outcome<CreatedKey>> CreateAsync(
        ExchangeNode at,
        string? purpose = null,
        bool compromised = false
    )
    {
        var office = purpose is null ? at.Technical.Value : null;
        var request = new CreateKey(at.Made.ParticipantKey, ExchangeNode.Passphrase, office, purpose, compromised);
        return at.AskAsync<CreateKeyHandler, Outcome<CreatedKey>>(h => h.HandleAsync(request, Operator, default));
    }

    private static async Task<SealingFacts.Found> FoundAsync(ExchangeNode at)
    {
        await using var db = at.Open();
        return await at.Get<SealingFacts>()
            .FindAsync(db, await db.Set<Delivery>().AsNoTracking().SingleAsync(), default);
    }

    private static async Task<string?> NodeKeyAsync(ExchangeNode at)
    {
        await using var db = at.Open();
        var key = await at.Get<KeyStore>().OpenNodeAsync(db, default);
        return key?.PublicKey.Id;
    }
}
