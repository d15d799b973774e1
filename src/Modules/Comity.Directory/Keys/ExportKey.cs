using Comity.Directory.SettingUp;
using Comity.Kernel.Data;
using Comity.Kernel.Keys;
using Comity.Kernel.Outcomes;
using Comity.OpenPgp;
using Microsoft.EntityFrameworkCore;

namespace Comity.Directory.Keys;

/// <summary>Hands a private key out, protected by a passphrase and never otherwise.</summary>
internal sealed record ExportKey(string Fingerprint, string Passphrase);

internal sealed record ExportedKey(string Fingerprint, string Armoured);

internal sealed class ExportKeyHandler(AppDb db, KeyStore keys)
{
    public async Task<Outcome<ExportedKey>> HandleAsync(ExportKey request, CancellationToken ct)
    {
        if ((request.Passphrase ?? "").Length < SetUpRules.ShortestPassphrase)
            return SetUpRules.PassphraseTooShort;
        var held = await HeldKeys.FindAsync(db, request.Fingerprint, ct);
        if (held is null)
            return KeyProblems.NoSuchKey;
        if (held.Purpose == KeyPurpose.Node)
            return KeyProblems.NotExportable;
        using var key = keys.Open(held);
        return new ExportedKey(held.Fingerprint, key.Export(request.Passphrase!));
    }
}

internal static class HeldKeys
{
    /// <summary>Inside a write: the key is not used any more, and its certificate shows why.</summary>
    public static async Task RevokeAsync(
        AppDb db,
        HeldKey held,
        Certificate revoked,
        DateTime now,
        CancellationToken ct
    )
    {
        var row = await db.Set<HeldKey>().SingleAsync(k => k.Id == held.Id, ct);
        row.Revoke(now, revoked.ToOctets());
    }

    /// <summary>The newest held key of that fingerprint; people may write it in groups.</summary>
    public static Task<HeldKey?> FindAsync(AppDb db, string fingerprint, CancellationToken ct)
    {
        var plain = string.Concat(fingerprint.Where(c => !char.IsWhiteSpace(c)));
        var wanted = plain.StartsWith("ed25519:", StringComparison.Ordinal) ? plain : plain.ToUpperInvariant();
        return db.Set<HeldKey>()
            .Where(k => k.Fingerprint == wanted)
            .OrderByDescending(k => k.Created)
            .FirstOrDefaultAsync(ct);
    }
}
