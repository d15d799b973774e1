using System.Xml.Linq;
using Comity.Kernel.Data;
using Comity.Kernel.Sealing;
using Comity.Kernel.Viewing;
using Comity.Kernel.Writing;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.Extensions.DependencyInjection;

namespace Comity.Kernel.Hosting;

/// <summary>One key of ASP.NET's data protection, sealed under the master key.</summary>
[Plumbing("Sealed keys of cookies and form tokens")]
internal sealed class RingKey
{
    public Guid Id { get; init; }
    public byte[] Sealed { get; init; } = [];
}

internal sealed class RingKeyMap : IEntityTypeConfiguration<RingKey>
{
    public void Configure(EntityTypeBuilder<RingKey> e)
    {
        e.ToTable("kernel_ring_key");
        e.HasKey(k => k.Id);
    }
}

/// <summary>
/// The data-protection ring lives in the node's own database, so that several instances share it and several nodes on
/// one host never accept one another's cookies.
/// </summary>
internal sealed class KeyRing(AppDbFactory databases, WriteGate gate, Vault vault, TimeProvider clock) : IXmlRepository
{
    private const string Purpose = "data-protection";
    private static readonly Viewer Ring = Viewer.System("key-ring");

    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var db = databases.Open(Ring);
        return [.. db.Set<RingKey>().AsNoTracking().ToList().Select(Open)];
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        var clear = System.Text.Encoding.UTF8.GetBytes(element.ToString(SaveOptions.DisableFormatting));
        var key = new RingKey { Id = Ids.New(clock), Sealed = vault.SealSecret(clear, Purpose) };
        // The framework's interface is synchronous; this happens once in ninety days.
        gate.WriteAsync(Ring, (db, _) => Task.FromResult(db.Add(key).State), CancellationToken.None)
            .GetAwaiter()
            .GetResult();
    }

    private XElement Open(RingKey key) =>
        XElement.Parse(System.Text.Encoding.UTF8.GetString(vault.OpenSecret(key.Sealed, Purpose)));
}

/// <summary>The ring's elements are sealed as a whole; inside they need no second wrapping.</summary>
internal sealed class SealedAsAWhole : IXmlEncryptor, IXmlDecryptor
{
    public EncryptedXmlInfo Encrypt(XElement plaintextElement) => new(plaintextElement, typeof(SealedAsAWhole));

    public XElement Decrypt(XElement encryptedElement) => encryptedElement;
}
