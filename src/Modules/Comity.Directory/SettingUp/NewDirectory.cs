using Comity.Directory.Data;
using Comity.Kernel.Keys;
using Comity.OpenPgp;
using Comity.Protocol;
using Comity.Protocol.Directories;

namespace Comity.Directory.SettingUp;

/// <summary>Makes a directory: root keys k of n that are given away, and a directory key that they delegate.</summary>
internal sealed class NewDirectory(KeyStore keys)
{
    public static readonly TimeSpan Delegation = TimeSpan.FromDays(90);

    private static readonly TimeSpan RootKey = TimeSpan.FromDays(365 * 10);

    /// <summary>What the caller stores, and what it returns to the person.</summary>
    public sealed record Made(ManagedDirectory Directory, HeldKey Key, DirectorySetUp Answer);

    public Made Make(SetUpNode request, DateTime now)
    {
        var code = ParticipantCode.Parse(request.Participant);
        var roots = Enumerable
            .Range(1, SetUpRules.Roots(request))
            .Select(i =>
                SecretKey.Create(
                    KeyProfile.DirectoryRoot,
                    FormattableString.Invariant($"Directory root {code} {i}"),
                    now,
                    RootKey
                )
            )
            .ToList();
        try
        {
            var octets = DirectoryDocuments.Write(
                new DirectoryRoot
                {
                    Directory = code,
                    Threshold = SetUpRules.Threshold(request),
                    Certificates = [.. roots.Select(r => new ReadOnlyMemory<byte>(r.Certificate.ToOctets()))],
                    Created = now,
                }
            );
            var managed = new ManagedDirectory(code, octets, now);
            var held = Delegate(managed, roots, now);
            return new Made(
                managed,
                held,
                new DirectorySetUp(
                    Digest.Of(octets).Value,
                    SetUpRules.Threshold(request),
                    [.. roots.Select(r => r.Export(request.Passphrase))],
                    [.. roots.Select(r => Convert.ToBase64String(r.RevocationCertificate(RevocationReason.None, now)))],
                    held.Fingerprint,
                    managed.DelegatedUntil
                )
            );
        }
        finally
        {
            roots.ForEach(r => r.Dispose());
        }
    }

    /// <summary>A new directory key, delegated by these root keys for as long as the rules allow.</summary>
    public HeldKey Delegate(ManagedDirectory managed, IEnumerable<SecretKey> roots, DateTime now)
    {
        using var key = SecretKey.Create(KeyProfile.Directory, $"Directory {managed.Code}", now, Delegation);
        var delegation = new DirectoryDelegation
        {
            Directory = managed.Code,
            Root = Digest.Of(managed.Root),
            Certificate = key.Certificate.ToOctets(),
            From = now,
            Until = now + Delegation,
        };
        managed.Delegate(DirectoryDocuments.Sign(delegation, roots, now).Octets.ToArray(), delegation.Until);
        var held = keys.Hold(key, KeyPurpose.Directory, managed.Code.Value);
        keys.KeepRevocation(held, key.RevocationCertificate(RevocationReason.None, now));
        return held;
    }
}
