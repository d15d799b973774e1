using System.Text;

namespace Comity.PortableObject;

/// <summary>The entry being read.</summary>
internal sealed class Draft
{
    public StringBuilder? Context { get; set; }

    public StringBuilder? Id { get; private set; }

    public StringBuilder? PluralId { get; set; }

    public List<StringBuilder> Forms { get; } = [];

    public List<string> Flags { get; } = [];

    public List<string> Comments { get; } = [];

    public List<string> References { get; } = [];

    /// <summary>The string that a continuation line belongs to.</summary>
    public StringBuilder? Open { get; set; }

    private int Line { get; set; }

    public bool Started => Context is not null || Id is not null;

    public bool HasTranslation => Forms.Count > 0;

    public StringBuilder BeginId(int line)
    {
        Line = line;
        return Id = new();
    }

    public StringBuilder BeginForm()
    {
        Forms.Add(new());
        return Forms[^1];
    }

    public PoEntry ToEntry() =>
        new()
        {
            Context = Context?.ToString(),
            Id = Id!.ToString(),
            PluralId = PluralId?.ToString(),
            Translations = [.. Forms.Select(form => form.ToString())],
            Flags = Flags,
            Comments = Comments,
            References = References,
            Line = Line,
        };
}

/// <summary>Carries the first fault out of the reader; never leaves this assembly.</summary>
internal sealed class PoFaultException(PoError error) : Exception(error.Message)
{
    public PoError Error { get; } = error;
}
