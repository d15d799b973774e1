using Comity.Kernel.Data;
using Comity.Kernel.Modules;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Comity.Accounts.Data;

/// <summary>Somebody who works for one or more offices of a participant; seen by that participant only.</summary>
internal sealed class Person : ISeen
{
    private readonly List<Duty> _duties = [];

    private Person() { }

    public Person(Guid id, string name, int audienceId, DateTime created)
    {
        Id = id;
        Name = name;
        AudienceId = audienceId;
        Created = created;
    }

    public Guid Id { get; private set; }

    public string Name { get; private set; } = "";

    public int AudienceId { get; private set; }

    public DateTime Created { get; private set; }

    public IReadOnlyList<Duty> Duties => _duties;

    /// <summary>Gives the person a role in an office; the same twice is once.</summary>
    public void Serve(Guid dutyId, string office, string kind, Role role)
    {
        if (!_duties.Any(d => string.Equals(d.Office, office, StringComparison.Ordinal) && d.Role == role))
            _duties.Add(new Duty(dutyId, Id, office, kind, role, AudienceId));
    }
}

/// <summary>A role that a person has in an office.</summary>
internal sealed class Duty : IPartOf<Person>
{
    private Duty() { }

    public Duty(Guid id, Guid personId, string office, string kind, Role role, int audienceId)
    {
        Id = id;
        PersonId = personId;
        Office = office;
        Kind = kind;
        Role = role;
        AudienceId = audienceId;
    }

    public Guid Id { get; private set; }

    public Guid PersonId { get; private set; }

    public string Office { get; private set; } = "";

    /// <summary>The kind of the office, copied when the duty was given.</summary>
    public string Kind { get; private set; } = "";

    public Role Role { get; private set; }

    public int AudienceId { get; private set; }
}

internal sealed class PersonMap : IEntityTypeConfiguration<Person>, IEntityTypeConfiguration<Duty>
{
    public void Configure(EntityTypeBuilder<Person> e)
    {
        e.ToTable("accounts_person");
        e.HasKey(p => p.Id);
        e.Property(p => p.Name).HasMaxLength(200);
        e.HasMany(p => p.Duties).WithOne().HasForeignKey(d => d.PersonId);
        e.Navigation(p => p.Duties).UsePropertyAccessMode(PropertyAccessMode.Field);
    }

    public void Configure(EntityTypeBuilder<Duty> e)
    {
        e.ToTable("accounts_duty");
        e.HasKey(d => d.Id);
        e.Property(d => d.Id).ValueGeneratedNever();
        e.Property(d => d.Office).HasMaxLength(60);
        e.Property(d => d.Kind).HasMaxLength(40);
        e.Property(d => d.Role).HasConversion<string>().HasMaxLength(30);
        e.HasIndex(d => d.Office);
    }
}
