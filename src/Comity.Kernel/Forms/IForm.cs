namespace Comity.Kernel.Forms;

/// <summary>What a page needs of a form: what was typed, and what is wrong with it.</summary>
public interface IForm
{
    /// <summary>What was typed into a field, exactly; null where nothing was sent.</summary>
    string? this[string field] { get; }

    /// <summary>Everything typed into a field that may be given several times (checkboxes).</summary>
    IReadOnlyList<string> All(string field);

    /// <summary>English message with no placeholders left, or null.</summary>
    string? Error(string field);

    /// <summary>Why the form as a whole was refused, with the values of its sentence; null where only fields are wrong.</summary>
    Outcomes.Problem? Refused => null;

    /// <summary>Messages by field, in the order of the fields; the key "" is for the form as a whole.</summary>
    IReadOnlyDictionary<string, string> Errors { get; }
}
