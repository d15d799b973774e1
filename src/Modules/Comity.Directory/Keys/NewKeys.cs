using Comity.Directory.Data;
using Comity.Directory.Keeping;
using Comity.Directory.SettingUp;
using Comity.Kernel;
using Comity.Kernel.Hosting;
using Comity.Kernel.Keys;
using Comity.Kernel.Outcomes;
using Comity.OpenPgp;
using Comity.Protocol;
using Comity.Protocol.Directories;
using Comity.Protocol.Signing;

namespace Comity.Directory.Keys;

/// <summary>A new key, ready to be stored, and what it changes in the entry.</summary>
/// <param name="Held">The key as this node holds it.</param>
/// <param name="Change">What changes in the core.</param>
/// <param name="Renewed">The participant key with a new signing key, where that is what was made; the caller wipes it.</param>
internal sealed record NewKey(HeldKey Held, Func<EntryCore, EntryCore> Change, SecretKey? Renewed = null);

/// <summary>Makes new keys of offices, entries and nodes.</summary>
internal sealed class NewKeys(KeyStore keys, NodeOptions options, TimeProvider clock)
{
    /// <summary>How many older grants of node keys stay beside a new one.</summary>
    private const int OlderGrants = 3;

    public Outcome<NewKey> Office(HomeParticipant home, SecretKey participant, string? name)
    {
        var core = EntryCoreJson.Read(home.Core).Value!;
        if (!OfficeName.TryParse(name, out var office) || core.Office(office) is not { } there)
            return KeyProblems.NoSuchOffice.With("office", name ?? "");
        var now = clock.Utc();
        using var key = MadeKeys.Office(office, there.MailAddress, now);
        var held = keys.Hold(key, KeyPurpose.Office, office.Value);
        keys.KeepRevocation(held, key.RevocationCertificate(RevocationReason.None, now));
        var certified = participant.Certify(key.Certificate, now);
        return new NewKey(held, c => ParticipantKeys.WithOfficeKey(c, office, certified));
    }

    /// <param name="home">The participant.</param>
    /// <param name="participant">Its key.</param>
    /// <param name="compromised">Whether somebody may hold the entry key before; then nothing it signed counts, whenever.</param>
    public NewKey Entry(HomeParticipant home, SecretKey participant, bool compromised)
    {
        var reason = compromised ? RevocationReason.Compromised : RevocationReason.Superseded;
        var renewed = participant.WithNewSigningKey(clock.Utc(), EntryTerms.EntryKey, reason);
        return new NewKey(
            keys.Hold(renewed, KeyPurpose.Entry, home.Code.Value, withoutPrimary: true),
            core => core,
            renewed
        );
    }

    /// <param name="compromised">Whether somebody may hold one of the keys before; then none of them is granted any more.</param>
    public NewKey Node(bool compromised)
    {
        using var key = NodeKey.Create();
        var grant = FirstCore.Grant(key.PublicKey, clock.Utc());
        return new NewKey(
            keys.Hold(key, options.BaseUrl.AbsoluteUri, grant.Until),
            core => compromised ? core with { NodeKeys = [grant] } : WithNodeKey(core, grant)
        );
    }

    /// <summary>The old grants stay until they end: others may not have polled yet, and receipts name the old key.</summary>
    private EntryCore WithNodeKey(EntryCore core, NodeKeyGrant grant) =>
        core with
        {
            NodeKeys = [.. core.NodeKeys.Where(g => g.Until > clock.Utc()).TakeLast(OlderGrants), grant],
        };
}
