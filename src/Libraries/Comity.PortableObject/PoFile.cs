using static System.FormattableString;

namespace Comity.PortableObject;

/// <summary>One parsed PO file (GNU gettext manual, "The Format of PO Files").</summary>
public sealed class PoFile
{
    internal PoFile(IReadOnlyDictionary<string, string> header, PluralRule? pluralRule, IReadOnlyList<PoEntry> entries)
    {
        Header = header;
        PluralRule = pluralRule;
        Entries = entries;
    }

    /// <summary>The fields of the header entry, by name; names compare without regard to case.</summary>
    public IReadOnlyDictionary<string, string> Header { get; }

    /// <summary>The header field <c>Language</c>, or the empty string where it is absent.</summary>
    public string Language => Header.TryGetValue("Language", out var language) ? language : "";

    /// <summary>The rule of the header field <c>Plural-Forms</c>; null where the file has none (and no plural entry).</summary>
    public PluralRule? PluralRule { get; }

    /// <summary>Every entry but the header, in the order of the file; obsolete entries (<c>#~</c>) are not among them.</summary>
    public IReadOnlyList<PoEntry> Entries { get; }

    /// <summary>Reads a PO file from its exact octets: UTF-8 without a byte order mark.</summary>
    /// <param name="octets">The file.</param>
    /// <param name="limits">Bounds; null means <see cref="PoLimits.Default"/>.</param>
    /// <returns>The file, or the first fault with its line. Never throws for what the file contains.</returns>
    public static PoReading Read(ReadOnlySpan<byte> octets, PoLimits? limits = null)
    {
        limits ??= PoLimits.Default;
        if (octets.Length > limits.Octets)
        {
            return PoReading.Refused(1, PoFault.TooLarge, Invariant($"the file is larger than {limits.Octets} octets"));
        }

        try
        {
            return Read(StrictUtf8.GetString(octets), limits);
        }
        catch (System.Text.DecoderFallbackException)
        {
            return PoReading.Refused(1, PoFault.NotUtf8, "the file is not valid UTF-8");
        }
    }

    /// <summary>Reads a PO file from text.</summary>
    /// <param name="text">The whole file; lines end with LF or CR LF.</param>
    /// <param name="limits">Bounds; null means <see cref="PoLimits.Default"/>.</param>
    /// <returns>The file, or the first fault with its line. Never throws for what the file contains.</returns>
    public static PoReading Read(string text, PoLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        limits ??= PoLimits.Default;
        if (text.Length > limits.Octets)
        {
            return PoReading.Refused(
                1,
                PoFault.TooLarge,
                Invariant($"the file is larger than {limits.Octets} characters")
            );
        }

        try
        {
            return PoReading.Of(new PoParser(limits).Parse(text));
        }
        catch (PoFaultException fault)
        {
            return new PoReading(null, fault.Error);
        }
    }

    private static readonly System.Text.UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);
}

/// <summary>What reading a PO file gave: exactly one of the two is not null.</summary>
/// <param name="File">The file, if it is in order.</param>
/// <param name="Error">The first thing that is not.</param>
public sealed record PoReading(PoFile? File, PoError? Error)
{
    internal static PoReading Of(PoFile file) => new(file, null);

    internal static PoReading Refused(int line, PoFault fault, string message) =>
        new(null, new PoError(line, fault, message));
}

/// <summary>Why a PO file is refused.</summary>
/// <param name="Line">Line number, from 1.</param>
/// <param name="Fault">The kind of fault.</param>
/// <param name="Message">The fault in English, for the log of a developer.</param>
public sealed record PoError(int Line, PoFault Fault, string Message)
{
    /// <summary>"line 12: …"</summary>
    public override string ToString() => string.Create(null, $"line {Line}: {Message}");
}

/// <summary>The kinds of fault of a PO file.</summary>
public enum PoFault
{
    /// <summary>The octets are not UTF-8, begin with a byte order mark, or the header names another charset.</summary>
    NotUtf8,

    /// <summary>A bound of <see cref="PoLimits"/> is exceeded.</summary>
    TooLarge,

    /// <summary>A line that is neither comment, keyword nor string, or a keyword out of order.</summary>
    Syntax,

    /// <summary>A quoted string without its end, or an escape other than <c>\n \t \r \" \\</c>.</summary>
    BadString,

    /// <summary>The first entry is not a header (empty msgid), or there is a second one.</summary>
    BadHeader,

    /// <summary><c>Plural-Forms</c> is missing though needed, or cannot be understood.</summary>
    BadPluralForms,

    /// <summary>The number of <c>msgstr[n]</c> is not what <c>Plural-Forms</c> announces, or their order has gaps.</summary>
    WrongNumberOfForms,

    /// <summary>Context and msgid occurred before.</summary>
    Duplicate,
}

/// <summary>Bounds for reading a PO file; a file is refused at the first one exceeded.</summary>
public sealed record PoLimits
{
    /// <summary>4 MiB, 50,000 entries, 65,536 characters per string.</summary>
    public static PoLimits Default { get; } = new();

    /// <summary>Size of the file in octets (or characters, when read from text).</summary>
    public int Octets { get; init; } = 4 * 1024 * 1024;

    /// <summary>Number of entries.</summary>
    public int Entries { get; init; } = 50_000;

    /// <summary>Characters in one string after unescaping.</summary>
    public int StringLength { get; init; } = 65_536;
}
