using System.Text;

namespace Comity.Fuzz.Tests.Engine;

/// <summary>Inputs from nothing but a target's own words.</summary>
internal static class Generation
{
    private static readonly string[] Separators =
    [
        "",
        " ",
        ",",
        ":",
        "=",
        "\r\n",
        ";",
        "\"",
        "\r\n\r\n",
        "(",
        ")",
        "\0",
    ];
    private static readonly string[] Scalars = ["null", "true", "false", "0", "1", "-7", "3.5e2", "\"\"", "\"QM\""];

    public static byte[] Words(IReadOnlyList<byte[]> tokens, SeededSource source)
    {
        var made = new List<byte>();
        for (var left = source.Skewed(60); left >= 0; left--)
        {
            made.AddRange(source.OneIn(10) ? [source.Octet(), source.Octet()] : source.Pick(tokens));
            made.AddRange(Encoding.UTF8.GetBytes(source.Pick(Separators)));
        }

        return [.. made];
    }

    /// <summary>An object whose members have the names that the target knows, and any values.</summary>
    public static byte[] Json(IReadOnlyList<byte[]> tokens, SeededSource source)
    {
        var text = new StringBuilder();
        Object(text, tokens, source, depth: 0);
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static void Value(StringBuilder text, IReadOnlyList<byte[]> tokens, SeededSource source, int depth)
    {
        switch (source.Below(depth > 5 ? 5 : 8))
        {
            case 0 or 1:
                text.Append(source.Pick(Scalars));
                break;
            case 2 or 3 or 4:
                Quoted(text, tokens, source);
                break;
            case 5:
                text.Append('[');
                for (var left = source.Skewed(6); left > 0; left--)
                {
                    Value(text, tokens, source, depth + 1);
                    text.Append(left > 1 ? "," : "");
                }

                text.Append(']');
                break;
            default:
                Object(text, tokens, source, depth + 1);
                break;
        }
    }

    private static void Object(StringBuilder text, IReadOnlyList<byte[]> tokens, SeededSource source, int depth)
    {
        text.Append('{');
        for (var left = source.Below(12); left > 0; left--)
        {
            Quoted(text, tokens, source);
            text.Append(':');
            Value(text, tokens, source, depth);
            text.Append(left > 1 ? "," : "");
        }

        text.Append('}');
    }

    private static void Quoted(StringBuilder text, IReadOnlyList<byte[]> tokens, SeededSource source) =>
        text.Append('"').Append(Encoding.UTF8.GetString(source.Pick(tokens)).Replace('"', '\'')).Append('"');
}
