namespace Comity.Protocol.Envelopes;

/// <summary>
/// Size steps of the sealed content, so that its length says little: multiples of 8 KiB up to 64 KiB, of 64 KiB up to
/// 1 MiB, of 1 MiB beyond.
/// </summary>
public static class Padding
{
    private const int Line = 78;

    /// <summary>The step that a length is padded to; at least two octets more than it.</summary>
    public static long StepFor(long length)
    {
        var needed = length + 2;
        var step =
            needed <= 64 * 1024 ? 8 * 1024
            : needed <= 1024 * 1024 ? 64 * 1024
            : 1024 * 1024;
        return (needed + step - 1) / step * step;
    }

    /// <summary>Appends lines of spaces after the last part (the epilogue, RFC 2046, 5.1.1), up to the step.</summary>
    internal static void Append(Stream content)
    {
        var left = StepFor(content.Length) - content.Length;
        while (left > 0)
        {
            var line = left - Line is 1 ? Line - 1 : Math.Min(left, Line);
            for (var i = 0; i < line - 2; i++)
            {
                content.WriteByte((byte)' ');
            }

            content.Write("\r\n"u8);
            left -= line;
        }
    }
}
