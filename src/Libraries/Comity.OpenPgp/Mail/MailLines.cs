namespace Comity.OpenPgp.Mail;

/// <summary>Goes through a message line by line, within bounds.</summary>
internal ref struct MailLines(ReadOnlySpan<byte> octets)
{
    public const int MaxLine = 4 << 10;
    public const int MaxHeaderLines = 100;

    private readonly ReadOnlySpan<byte> _all = octets;

    public int Position { get; private set; }

    public readonly bool AtEnd => Position == _all.Length;

    /// <summary>A line ran over its bound.</summary>
    public bool TooLong { get; private set; }

    public readonly ReadOnlySpan<byte> Rest => _all[Position..];

    /// <summary>The next line without its end; false at the end of the message and on a line that is too long.</summary>
    public bool Next(out ReadOnlySpan<byte> line)
    {
        line = default;
        if (AtEnd || TooLong)
            return false;
        var rest = Rest;
        var end = rest.IndexOf((byte)'\n');
        line = end < 0 ? rest : rest[..end];
        Position = end < 0 ? _all.Length : Position + end + 1;
        if (line is [.. var text, (byte)'\r'])
            line = text;
        TooLong = line.Length > MaxLine;
        return !TooLong;
    }

    /// <summary>The header lines up to the empty one, at most <see cref="MaxHeaderLines"/>; null if there are more or no end.</summary>
    public byte[]? HeaderBlock()
    {
        var start = Position;
        for (var count = 0; count <= MaxHeaderLines && Next(out var line); count++)
            if (line.IsEmpty)
                return _all[start..Position].ToArray();
        return null;
    }
}
