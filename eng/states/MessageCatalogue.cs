using System.Buffers.Binary;
using System.Text;

namespace Comity.Eng;

/// <summary>Reads the compiled catalogues of GNU gettext (.mo): pairs of a text and its translation.</summary>
internal static class MessageCatalogue
{
    private const uint Magic = 0x950412de;

    public static Dictionary<string, string> Read(string path)
    {
        var octets = File.ReadAllBytes(path);
        if (octets.Length < 20 || Number(octets, 0) != Magic)
        {
            throw new InvalidDataException($"{path} is not a catalogue of this machine's octet order");
        }

        var (count, texts, translations) = (Number(octets, 8), Number(octets, 12), Number(octets, 16));
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0u; i < count; i++)
        {
            found[Text(octets, texts + 8 * i)] = Text(octets, translations + 8 * i);
        }

        return found;
    }

    private static string Text(byte[] octets, uint at) =>
        Encoding.UTF8.GetString(octets, (int)Number(octets, at + 4), (int)Number(octets, at));

    private static uint Number(byte[] octets, uint at) =>
        BinaryPrimitives.ReadUInt32LittleEndian(octets.AsSpan((int)at, 4));
}
