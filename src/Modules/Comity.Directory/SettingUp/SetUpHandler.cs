using Comity.Directory.Data;
using Comity.Directory.Finding;
using Comity.Directory.Keeping;
using Comity.Kernel;
using Comity.Kernel.Data;
using Comity.Kernel.Hosting;
using Comity.Kernel.Keys;
using Comity.Kernel.Outcomes;
using Comity.Kernel.Viewing;
using Comity.Kernel.Writing;
using Comity.OpenPgp;
using Comity.Protocol;
using Comity.Protocol.Directories;
using Microsoft.EntityFrameworkCore;

namespace Comity.Directory.SettingUp;

/// <summary>
/// Sets a node up, once. The participant key and the root keys exist in memory only for as long as this takes: they go
/// to the person who asked, and are not kept.
/// </summary>
internal sealed class SetUpHandler(
    AppDbFactory databases,
    WriteGate gate,
    KeyStore keys,
    NewDirectory directories,
    OwnEntries own,
    EntryStore entries,
    Audiences audiences,
    NodeOptions options,
    TimeProvider clock
)
{
    public async Task<Outcome<NodeSetUp>> HandleAsync(SetUpNode request, Viewer viewer, CancellationToken ct)
    {
        if (SetUpRules.Check(request) is { } problem)
            return problem;
        await using (var db = databases.Open(viewer))
            if (await db.Set<HomeParticipant>().AnyAsync(ct))
                return SetUpRules.AlreadySetUp;
        var now = Instants.InMilliseconds(clock.Utc());
        var code = ParticipantCode.Parse(request.Participant);
        using var made = MadeKeys.Make(code, request.Offices, request.Names.First().Value, now);
        var core = FirstCore.Of(request, made, options.BaseUrl, now);
        var home = new HomeParticipant(code, made.Participant.Certificate.Fingerprint, now);
        if (Malformed(core) is { } malformed)
            return malformed;
        var entry = EntrySigning.Changed(home, core, made.Participant, now);
        var directory = request.Manager ? directories.Make(request, now) : null;
        var held = Hold(made, code, core, now);
        var usable = await entries.CompareAsync([entry], ct);
        var answer = Answer(request, made, directory, now);
        if (request.Offline is { } place)
            answer = OfflineKeys.Write(answer, place);
        return await gate.WriteAsync<Outcome<NodeSetUp>>(
            viewer,
            async (db, token) =>
            {
                await RollStamp.TouchFirstAsync(db, clock, token);
                if (await db.Set<HomeParticipant>().AnyAsync(token))
                    return SetUpRules.AlreadySetUp;
                await audiences.PrepareAsync(
                    db,
                    [.. core.Offices.Select(o => new Audiences.Standing(o.Name, o.Kind))],
                    token
                );
                db.Add(home);
                db.AddRange(held);
                if (directory is not null)
                {
                    db.Add(directory.Directory);
                    db.Add(directory.Key);
                    // The entry below must find it.
                    await db.SaveChangesAsync(token);
                }
                await own.StoreAsync(db, home, entry, usable, token);
                return answer;
            },
            ct
        );
    }

    private List<HeldKey> Hold(MadeKeys made, ParticipantCode code, EntryCore core, DateTime now)
    {
        var entryKey = keys.Hold(made.Participant, KeyPurpose.Entry, code.Value, withoutPrimary: true);
        var held = new List<HeldKey> { entryKey };
        foreach (var (office, key) in made.Offices)
        {
            var officeKey = keys.Hold(key, KeyPurpose.Office, office.Value);
            keys.KeepRevocation(officeKey, key.RevocationCertificate(RevocationReason.None, now));
            held.Add(officeKey);
        }
        held.Add(keys.Hold(made.Node, options.BaseUrl.AbsoluteUri, core.NodeKeys[0].Until));
        return held;
    }

    private static NodeSetUp Answer(SetUpNode request, MadeKeys made, NewDirectory.Made? directory, DateTime now) =>
        new(
            request.Participant,
            made.Participant.Certificate.Fingerprint,
            made.Participant.Export(request.Passphrase),
            Convert.ToBase64String(made.Participant.RevocationCertificate(RevocationReason.None, now)),
            [.. made.Offices.Select(o => new OfficeSetUp(o.Key.Value, o.Value.Certificate.Fingerprint))],
            made.Node.PublicKey.Id,
            directory?.Answer
        );

    /// <summary>The protocol has the last word on names and addresses.</summary>
    private static Problem? Malformed(EntryCore core) =>
        EntryCoreJson.Read(EntryCoreJson.Write(core)).Fault is { } fault
            ? Problem
                .Refused("directory.core-malformed", "The entry would not be well-formed at {path}. Nothing was made.")
                .With("path", fault.Path)
            : null;
}
