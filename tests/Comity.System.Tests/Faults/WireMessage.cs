using System.Globalization;
using System.Text;

namespace Comity.System.Tests.Faults;

/// <summary>A request as it came over the wire: its head as octets, and its body.</summary>
/// <param name="Head">Request line and fields, with the empty line after them.</param>
/// <param name="Body">As long as the head says.</param>
internal sealed record WireMessage(byte[] Head, byte[] Body)
{
    private const int LongestHead = 64 * 1024;
    private const string Length = "Content-Length: ";
    private static readonly byte[] Continue = "HTTP/1.1 100 Continue\r\n\r\n"u8.ToArray();

    /// <summary>Between nodes, and no document that everybody may fetch.</summary>
    public bool IsSigned => Head.AsSpan().StartsWith("POST /exchange/"u8);

    public byte[] Octets => [.. Head, .. Body];

    /// <summary>Reads one; null where the connection ends first.</summary>
    public static async Task<WireMessage?> ReadAsync(Stream from, CancellationToken ct)
    {
        var read = new List<byte>();
        var one = new byte[1];
        while (!EndsWithEmptyLine(read))
        {
            if (read.Count == LongestHead || await from.ReadAsync(one, ct) == 0)
                return null;
            read.Add(one[0]);
        }
        var lines = Encoding.ASCII.GetString([.. read]).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        if (lines.Any(l => l.StartsWith("Expect:", StringComparison.OrdinalIgnoreCase)))
            await from.WriteAsync(Continue, ct);
        var length = lines.FirstOrDefault(l => l.StartsWith(Length, StringComparison.OrdinalIgnoreCase));
        var body = new byte[length is null ? 0 : int.Parse(length[Length.Length..], CultureInfo.InvariantCulture)];
        await from.ReadExactlyAsync(body, ct);
        return new WireMessage(HeadOf(lines), body);
    }

    /// <summary>The same said to be so long.</summary>
    public WireMessage With(byte[] body)
    {
        var lines = Encoding.ASCII.GetString(Head).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        var other = lines.Select(l =>
            l.StartsWith(Length, StringComparison.OrdinalIgnoreCase)
                ? Length + body.Length.ToString(CultureInfo.InvariantCulture)
                : l
        );
        return new WireMessage(Encoding.ASCII.GetBytes(string.Join("\r\n", other) + "\r\n\r\n"), body);
    }

    // One request for a connection: then the end of an answer is the end of the connection. No signature covers either field.
    private static byte[] HeadOf(IEnumerable<string> lines) =>
        Encoding.ASCII.GetBytes(
            string.Join(
                "\r\n",
                lines
                    .Where(l => !l.StartsWith("Expect:", StringComparison.OrdinalIgnoreCase))
                    .Where(l => !l.StartsWith("Connection:", StringComparison.OrdinalIgnoreCase))
                    .Append("Connection: close")
            ) + "\r\n\r\n"
        );

    private static bool EndsWithEmptyLine(List<byte> read) =>
        read is [.., (byte)'\r', (byte)'\n', (byte)'\r', (byte)'\n'];
}
