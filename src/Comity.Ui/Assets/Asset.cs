using System.IO.Compression;
using System.Reflection;
using System.Security.Cryptography;

namespace Comity.Ui.Assets;

/// <summary>A style sheet or script, as it is sent.</summary>
internal sealed record Asset(string Address, string Type, byte[] Plain, byte[] Brotli);

/// <summary>
/// The style sheets and scripts of all modules, from the resources <c>*.wwwroot.NAME</c>. The address of each contains
/// the hash of its content, so browsers keep it for ever and get a changed one at once.
/// </summary>
public sealed class AssetCatalog
{
    private const string Folder = ".wwwroot.";
    private readonly Dictionary<string, Asset> _byName = new(StringComparer.Ordinal);

    public AssetCatalog(params IEnumerable<Assembly> assemblies)
    {
        ArgumentNullException.ThrowIfNull(assemblies);
        foreach (var assembly in assemblies.Distinct())
        foreach (var resource in assembly.GetManifestResourceNames())
        {
            var folder = resource.IndexOf(Folder, StringComparison.Ordinal);
            if (folder >= 0)
                _byName.Add(resource[(folder + Folder.Length)..], Load(assembly, resource));
        }
    }

    /// <summary>Where the browser finds a file: <c>Address("comity.css")</c>.</summary>
    public string Address(string name) => _byName[name].Address;

    internal Asset? Find(string address) => _byName.Values.FirstOrDefault(asset => asset.Address == address);

    private static Asset Load(Assembly assembly, string resource)
    {
        using var stream = assembly.GetManifestResourceStream(resource)!;
        using var plain = new MemoryStream();
        stream.CopyTo(plain);
        var octets = plain.ToArray();
        var name = resource[(resource.IndexOf(Folder, StringComparison.Ordinal) + Folder.Length)..];
        var hash = Convert.ToHexStringLower(SHA256.HashData(octets))[..12];
        var type = Path.GetExtension(name) switch
        {
            ".css" => "text/css; charset=utf-8",
            ".js" => "text/javascript; charset=utf-8",
            ".svg" => "image/svg+xml",
            var other => throw new InvalidOperationException($"{resource}: files of kind {other} are not served."),
        };
        var address = $"/assets/{Path.GetFileNameWithoutExtension(name)}.{hash}{Path.GetExtension(name)}";
        return new Asset(address, type, octets, Compress(octets));
    }

    private static byte[] Compress(byte[] octets)
    {
        using var output = new MemoryStream();
        using (var brotli = new BrotliStream(output, CompressionLevel.SmallestSize))
            brotli.Write(octets);
        return output.ToArray();
    }
}
