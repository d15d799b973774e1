using System.Text.Json.Nodes;
using Comity.App.Tests.Nodes;
using Comity.Directory;
using Comity.Kernel.Data;
using Comity.Node.Commands;
using Comity.OpenPgp;
using Comity.Protocol;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Comity.App.Tests.Directory;

public sealed class KeyTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_new_office_key_needs_the_participant_key_and_retires_the_old_one()
    {
        await using var network = await Network.SetUpAsync();
        var before = await network.CardAsync("QM/technical");
        var stolen = new JsonObject
        {
            ["office"] = "QM/technical",
            ["participantKey"] = (string)network.ManagerMade["participantKey"]!,
            ["passphrase"] = Network.Passphrase,
        };
        await Assert.ThrowsAnyAsync<Exception>(() => network.State.Operator.PostJsonAsync("keys", stolen, Ct));

        var made = await network.NewOfficeKeyAsync();

        var after = await network.CardAsync("QM/technical");
        Assert.Equal((string)made["fingerprint"]!, after.Fingerprint);
        Assert.NotEqual(before.Fingerprint, after.Fingerprint);
        Assert.Equal(before.EntrySequence + 1, after.EntrySequence);
        var listed = (await network.State.Operator.GetJsonAsync("keys", Ct)).AsArray();
        Assert.Equal("retired", Standing(listed, before.Fingerprint!));
        Assert.Equal("usable", Standing(listed, after.Fingerprint!));
    }

    [Theory]
    [InlineData("entry")]
    [InlineData("node")]
    public async Task Entry_and_node_keys_are_renewed_with_the_participant_key(string purpose)
    {
        await using var network = await Network.FollowedAsync();
        var body = new JsonObject
        {
            ["purpose"] = purpose,
            ["participantKey"] = (string)network.StateMade["participantKey"]!,
            ["passphrase"] = Network.Passphrase,
        };

        await network.State.Operator.PostJsonAsync("keys", body, Ct);
        await network.AdmitAsync();
        await network.PublishAsync();
        await network.PollAsync();

        Assert.Empty((await network.ShownAsync())["alarms"]!.AsArray());
        Assert.Equal(2, (await network.CardAsync("QM/technical")).EntrySequence);
    }

    [Fact]
    public async Task A_revoked_key_is_seen_by_everybody_and_its_successor_is_announced()
    {
        var heard = new Listener();
        var plan = new NodePlan { Instead = s => s.AddSingleton<IDirectoryListener>(heard) };
        await using var network = await Network.FollowedAsync(managerPlan: plan);
        var office = OfficeName.Parse("QM/technical");
        Assert.Contains(office, heard.Offices);
        heard.Offices.Clear();
        var revoke = new JsonObject
        {
            ["fingerprint"] = (await network.CardAsync("QM/technical")).Fingerprint,
            ["reason"] = "compromised",
            ["participantKey"] = (string)network.StateMade["participantKey"]!,
            ["passphrase"] = Network.Passphrase,
        };

        var revoked = await network.State.Operator.PostJsonAsync("keys/revoke", revoke, Ct);
        await network.AdmitAsync();

        Assert.True((bool)revoked["published"]!);
        var seen = network.Manager.Services.GetRequiredService<DirectoryQueries>();
        Assert.Equal(KeyStanding.RevokedCompromised, (await seen.OfficeAsync(office, Ct))!.KeyStanding);
        Assert.Empty(heard.Offices);
        await network.NewOfficeKeyAsync();
        await network.AdmitAsync();
        Assert.Equal(KeyStanding.Usable, (await seen.OfficeAsync(office, Ct))!.KeyStanding);
        Assert.Equal([office], heard.Offices);
    }

    [Fact]
    public async Task An_exported_key_comes_back_with_its_passphrase_only()
    {
        await using var network = await Network.SetUpAsync();
        var fingerprint = (await network.CardAsync("QM/policy")).Fingerprint!;
        var export = new JsonObject { ["fingerprint"] = fingerprint, ["passphrase"] = Network.Passphrase };
        var armoured = (string)(await network.State.Operator.PostJsonAsync("keys/export", export, Ct))["armoured"]!;
        await network.NewOfficeKeyAsync("QM/policy");

        var import = new JsonObject
        {
            ["armoured"] = armoured,
            ["office"] = "QM/policy",
            ["passphrase"] = "another passphrase",
        };
        await Assert.ThrowsAnyAsync<Exception>(() => network.State.Operator.PostJsonAsync("keys/import", import, Ct));
        import["passphrase"] = Network.Passphrase;
        var imported = await network.State.Operator.PostJsonAsync("keys/import", import, Ct);

        // The entry names the newer key: the old one only opens.
        Assert.False((bool)imported["inUse"]!);
        Assert.NotEqual(fingerprint, (await network.CardAsync("QM/policy")).Fingerprint);
    }

    [Fact]
    public async Task An_entry_is_signed_again_before_it_ends_and_people_are_warned_sixty_days_before_a_key_does()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 5, 4, 8, 0, 0, TimeSpan.Zero));
        await using var network = await Network.SetUpAsync(new NodePlan { Clock = clock });
        var before = await network.CardAsync("QM/technical");
        clock.Advance(TimeSpan.FromDays(21));

        await Network.WorkAsync(network.State, "directory.keep", "QM");

        var after = await network.CardAsync("QM/technical");
        Assert.Equal(before.EntrySequence + 1, after.EntrySequence);
        Assert.Equal(before.EntryValidUntil.AddDays(21), after.EntryValidUntil);
        var keys = (await network.State.Operator.GetJsonAsync("keys", Ct)).AsArray();
        Assert.All(keys, k => Assert.Null(k!["warning"]));
        clock.Advance(TimeSpan.FromDays(365 - 21 - 59));
        var later = (await network.State.Operator.GetJsonAsync("keys", Ct)).AsArray();
        Assert.Equal(
            ["entry", "node"],
            later.Where(k => k!["warning"] is not null).Select(k => (string)k!["purpose"]!).Order()
        );
        var doctor = (await network.State.Operator.GetJsonAsync("doctor", Ct)).AsArray();
        Assert.Contains(doctor, l => (string)l!["name"]! == "keys" && (string)l["state"]! == "warn");
    }

    private static string Standing(JsonArray keys, string fingerprint) =>
        (string)keys.Single(k => (string)k!["fingerprint"]! == fingerprint)!["standing"]!;

    private sealed class Listener : IDirectoryListener
    {
        public List<OfficeName> Offices { get; } = [];

        public Task KeyBecameUsableAsync(AppDb db, OfficeName office, CancellationToken ct)
        {
            Offices.Add(office);
            return Task.CompletedTask;
        }

        public Task OwnKeyCameIntoUseAsync(AppDb db, OfficeName office, CancellationToken ct) => Task.CompletedTask;
    }
}
