using Comity.Kernel.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Comity.Accounts.Data;

/// <summary>A sign-in link that works once. Only a keyed digest of its token is kept.</summary>
[Plumbing("Digests of tokens and times; reached only with the token itself")]
internal sealed class Invitation : IVersioned
{
    private Invitation() { }

    public Invitation(Guid id, Guid personId, string token, DateTime created, DateTime expires)
    {
        Id = id;
        PersonId = personId;
        Token = token;
        Created = created;
        Expires = expires;
    }

    public Guid Id { get; private set; }

    public Guid PersonId { get; private set; }

    /// <summary>Keyed digest of the token.</summary>
    public string Token { get; private set; } = "";

    public DateTime Created { get; private set; }

    public DateTime Expires { get; private set; }

    public DateTime? Used { get; private set; }

    /// <summary>Two uses of one link at the same moment must not both begin a session.</summary>
    public long Version { get; set; }

    public bool IsOpen(DateTime now) => Used is null && now < Expires;

    public void Use(DateTime now) => Used = now;
}

/// <summary>A signed-in browser. Only a keyed digest of its secret is kept.</summary>
[Plumbing("Digests of secrets and times; shown to the person whose session it is")]
internal sealed class Session
{
    public static readonly TimeSpan Idle = TimeSpan.FromHours(12);
    public static readonly TimeSpan Longest = TimeSpan.FromDays(7);

    private Session() { }

    public Session(Guid id, Guid personId, string secret, string browser, DateTime created)
    {
        Id = id;
        PersonId = personId;
        Secret = secret;
        Browser = browser;
        Created = created;
        LastSeen = created;
    }

    public Guid Id { get; private set; }

    public Guid PersonId { get; private set; }

    /// <summary>Keyed digest of the secret in the cookie.</summary>
    public string Secret { get; private set; } = "";

    /// <summary>What the browser says that it is, shortened.</summary>
    public string Browser { get; private set; } = "";

    public DateTime Created { get; private set; }

    public DateTime LastSeen { get; private set; }

    public DateTime? Ended { get; private set; }

    public bool IsOpen(DateTime now) => Ended is null && now < Created + Longest && now < LastSeen + Idle;

    public void See(DateTime now) => LastSeen = now;

    public void End(DateTime now) => Ended ??= now;
}

internal sealed class InvitationMap : IEntityTypeConfiguration<Invitation>, IEntityTypeConfiguration<Session>
{
    public void Configure(EntityTypeBuilder<Invitation> e)
    {
        e.ToTable("accounts_invitation");
        e.HasKey(i => i.Id);
        e.Property(i => i.Token).HasMaxLength(64);
        e.HasIndex(i => i.Token).IsUnique();
        e.HasOne<Person>().WithMany().HasForeignKey(i => i.PersonId);
    }

    public void Configure(EntityTypeBuilder<Session> e)
    {
        e.ToTable("accounts_session");
        e.HasKey(s => s.Id);
        e.Property(s => s.Secret).HasMaxLength(64);
        e.Property(s => s.Browser).HasMaxLength(120);
        e.HasIndex(s => s.PersonId);
        e.HasOne<Person>().WithMany().HasForeignKey(s => s.PersonId);
    }
}
