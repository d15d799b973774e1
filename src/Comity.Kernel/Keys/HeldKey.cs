using Comity.Kernel.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Comity.Kernel.Keys;

/// <summary>What a key that this node holds is for (docs/protocol.md, "Keys").</summary>
public enum KeyPurpose
{
    /// <summary>Signs the everyday parts of a participant's entry; the participant key itself stays offline.</summary>
    Entry,

    /// <summary>Seals and signs for an office.</summary>
    Office,

    /// <summary>Signs HTTP requests and receipts.</summary>
    Node,

    /// <summary>Signs snapshots; certified by the directory root for at most 90 days.</summary>
    Directory,

    /// <summary>One of the k of n root keys, while it is on this machine (demonstrations; else it stays offline).</summary>
    DirectoryRoot,

    /// <summary>The participant key, while it is on this machine (demonstrations; else it stays offline).</summary>
    Participant,
}

/// <summary>A private key that the node holds, its secret part sealed under the master key.</summary>
[Plumbing("Secret parts are sealed, public parts are public; opened by the key store only")]
public sealed class HeldKey
{
    private HeldKey() { }

    internal HeldKey(Guid id, KeyPurpose purpose, string subject, string fingerprint, DateTime created)
    {
        Id = id;
        Purpose = purpose;
        Subject = subject;
        Fingerprint = fingerprint;
        Created = created;
    }

    public Guid Id { get; private set; }

    public KeyPurpose Purpose { get; private set; }

    /// <summary>Whose: <c>QM</c>, <c>QM/technical</c>, or the node's base URL.</summary>
    public string Subject { get; private set; } = "";

    /// <summary>OpenPGP fingerprint (40 hexadecimal digits), or <c>ed25519:…</c> of a node key.</summary>
    public string Fingerprint { get; private set; } = "";

    public DateTime Created { get; private set; }

    public DateTime? Expires { get; internal set; }

    /// <summary>
    /// From then on another key is used; this one stays for what was sealed to it. Of a node key it may lie ahead: it
    /// signs until others can know the new one.
    /// </summary>
    public DateTime? Retired { get; private set; }

    public DateTime? Revoked { get; private set; }

    /// <summary>The public part: an OpenPGP certificate, or 32 bytes of Ed25519.</summary>
    public byte[] Public { get; internal set; } = [];

    internal byte[] SealedSecret { get; set; } = [];

    /// <summary>Made together with the key, kept sealed until it is needed.</summary>
    internal byte[] SealedRevocation { get; set; } = [];

    public bool IsCurrent => Retired is null && Revoked is null;

    /// <summary>Where it is said twice, the earlier counts.</summary>
    public void Retire(DateTime from) => Retired = Retired < from ? Retired : from;

    public void Revoke(DateTime now, byte[] certificate)
    {
        Revoked ??= now;
        Public = certificate;
    }
}

internal sealed class HeldKeyMap : IEntityTypeConfiguration<HeldKey>
{
    public void Configure(EntityTypeBuilder<HeldKey> e)
    {
        e.ToTable("kernel_key");
        e.HasKey(k => k.Id);
        e.Property(k => k.Purpose).HasConversion<string>().HasMaxLength(20);
        e.Property(k => k.Subject).HasMaxLength(300);
        e.Property(k => k.Fingerprint).HasMaxLength(80);
        e.Property(k => k.SealedSecret);
        e.Property(k => k.SealedRevocation);
        e.HasIndex(k => k.Fingerprint);
        e.HasIndex(k => new { k.Purpose, k.Subject });
    }
}
