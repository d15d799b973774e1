using System.Text.Json;
using System.Text.Json.Nodes;

namespace Comity.Libraries.Tests.Protocol.Vectors;

/// <summary>
/// The vectors under <c>tests/vectors/protocol</c>, for whoever implements another node. They are written anew only
/// with COMITY_WRITE_VECTORS=1; a changed vector is a changed protocol.
/// </summary>
internal static class Vector
{
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Folder { get; } = Path.Combine(Root(), "tests", "vectors", "protocol");

    public static bool Writing => Environment.GetEnvironmentVariable("COMITY_WRITE_VECTORS") == "1";

    public static JsonNode Read(string name, Func<JsonObject> make)
    {
        var path = Path.Combine(Folder, name);
        if (Writing)
        {
            Directory.CreateDirectory(Folder);
            File.WriteAllText(path, make().ToJsonString(Indented) + "\n");
        }

        return JsonNode.Parse(File.ReadAllText(path))!;
    }

    public static string Text(this JsonNode node, string name) => node[name]!.GetValue<string>();

    public static byte[] Octets(this JsonNode node, string name) => Convert.FromBase64String(node.Text(name));

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Comity.slnx")))
        {
            folder = folder.Parent!;
        }

        return folder.FullName;
    }
}
