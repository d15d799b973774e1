namespace Comity.PortableObject;

/// <summary>One message of a PO file with its translation.</summary>
public sealed record PoEntry
{
    /// <summary><c>msgctxt</c>; null if the entry has none (which is not the same as an empty one).</summary>
    public string? Context { get; init; }

    /// <summary><c>msgid</c>: the text in the source language.</summary>
    public required string Id { get; init; }

    /// <summary><c>msgid_plural</c>; null for a message without number.</summary>
    public string? PluralId { get; init; }

    /// <summary><c>msgstr</c>, or <c>msgstr[0]</c> to <c>msgstr[n-1]</c> for a message with number.</summary>
    public required IReadOnlyList<string> Translations { get; init; }

    /// <summary>The flags of the <c>#,</c> lines, such as <c>fuzzy</c>.</summary>
    public IReadOnlyList<string> Flags { get; init; } = [];

    /// <summary>Comments: <c># …</c> of translators and <c>#. …</c> of authors, without the marks.</summary>
    public IReadOnlyList<string> Comments { get; init; } = [];

    /// <summary>References to the source, the <c>#:</c> lines without the mark.</summary>
    public IReadOnlyList<string> References { get; init; } = [];

    /// <summary>Line of <c>msgid</c> in the file, from 1.</summary>
    public int Line { get; init; }

    /// <summary>Whether a translator marked it as doubtful. Like <c>msgfmt</c>, <see cref="Catalog"/> does not use such an entry.</summary>
    public bool IsFuzzy => Flags.Contains("fuzzy");

    /// <summary>Whether every form is filled.</summary>
    public bool IsTranslated => Translations.All(form => form.Length > 0);
}
