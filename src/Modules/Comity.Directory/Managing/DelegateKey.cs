using System.Text;
using Comity.Directory.Data;
using Comity.Directory.Keys;
using Comity.Directory.SettingUp;
using Comity.Kernel;
using Comity.Kernel.Data;
using Comity.Kernel.Keys;
using Comity.Kernel.Outcomes;
using Comity.Kernel.Viewing;
using Comity.Kernel.Work;
using Comity.Kernel.Writing;
using Comity.OpenPgp;
using Comity.Protocol;
using Comity.Protocol.Directories;
using Microsoft.EntityFrameworkCore;

namespace Comity.Directory.Managing;

/// <summary>Delegates a new directory key with at least k of the root keys, which are used in memory only.</summary>
/// <param name="RootKeys">Root keys, armoured, from their offline media.</param>
/// <param name="Passphrase">Of these keys.</param>
internal sealed record DelegateKey(IReadOnlyList<string> RootKeys, string Passphrase);

/// <param name="DirectoryKey">Fingerprint of the new directory key.</param>
/// <param name="DelegatedUntil">Until when it may sign, UTC.</param>
internal sealed record DelegatedKey(string DirectoryKey, DateTime DelegatedUntil);

internal sealed class DelegateKeyHandler(AppDb reading, WriteGate gate, NewDirectory directories, TimeProvider clock)
{
    private static readonly Problem TooFew = Problem.Refused(
        "directory.too-few-root-keys",
        "These are fewer different root keys of this directory than must sign. Nothing was changed."
    );

    public async Task<Outcome<DelegatedKey>> HandleAsync(DelegateKey request, Viewer viewer, CancellationToken ct)
    {
        if (await reading.Set<ManagedDirectory>().AsNoTracking().FirstOrDefaultAsync(ct) is not { } managed)
            return ManagingProblems.NoManager;
        var roots = new List<SecretKey>();
        try
        {
            foreach (var armoured in request.RootKeys)
            {
                var read = SecretKey.Read(Encoding.UTF8.GetBytes(armoured), request.Passphrase);
                if (read.Key is not { } key)
                    return KeyProblems.NotReadable(read.Refusal!.Value);
                roots.Add(key);
            }
            if (!AreEnough(managed, roots))
                return TooFew;
            var held = directories.Delegate(managed, roots, Instants.InMilliseconds(clock.Utc()));
            return await StoreAsync(viewer, managed, held, ct);
        }
        finally
        {
            roots.ForEach(r => r.Dispose());
        }
    }

    private static bool AreEnough(ManagedDirectory managed, List<SecretKey> roots)
    {
        var root = DirectoryDocuments.ReadRoot(managed.Root).Value!;
        var known = root.Certificates.Select(c => Certificate.Read(c).Certificate?.Fingerprint).ToHashSet();
        var different = roots.Select(r => r.Certificate.Fingerprint).Distinct(StringComparer.Ordinal).ToList();
        return different.All(known.Contains) && different.Count == roots.Count && different.Count >= root.Threshold;
    }

    private async Task<Outcome<DelegatedKey>> StoreAsync(
        Viewer viewer,
        ManagedDirectory made,
        HeldKey held,
        CancellationToken ct
    ) =>
        await gate.WriteAsync<Outcome<DelegatedKey>>(
            viewer,
            async (db, token) =>
            {
                var row = await db.Set<ManagedDirectory>().SingleAsync(m => m.Code == made.Code, token);
                row.Delegate(made.Delegation, made.DelegatedUntil);
                await ParticipantKeys.HoldAsync(db, held, token);
                await db.EnqueueAsync(PublishWork.WorkKind, made.Code.Value, clock.Utc(), clock, token);
                return new DelegatedKey(held.Fingerprint, made.DelegatedUntil);
            },
            ct
        );
}
