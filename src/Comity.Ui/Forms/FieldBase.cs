using Comity.Kernel.Forms;
using Comity.Ui.Components;
using Microsoft.AspNetCore.Components;

namespace Comity.Ui.Forms;

/// <summary>
/// What all fields share: a label above, a hint below it, the error beside what was typed. The form comes from the
/// <see cref="PostForm"/> around them.
/// </summary>
public abstract class FieldBase : Fragment
{
    /// <summary>Name of the constructor parameter of the request record.</summary>
    [Parameter, EditorRequired]
    public string Name { get; set; } = "";

    /// <summary>The question, in the reader's language.</summary>
    [Parameter, EditorRequired]
    public string Label { get; set; } = "";

    /// <summary>How to answer it.</summary>
    [Parameter]
    public string? Hint { get; set; }

    /// <summary>It may be left empty; the label says so.</summary>
    [Parameter]
    public bool Optional { get; set; }

    [CascadingParameter]
    public IForm? Form { get; set; }

    /// <summary>The id of a field's input, to which the error summary leads.</summary>
    public static string IdOf(string name) => $"f-{name}";

    protected string Id => IdOf(Name);

    protected string? Typed => Form?[Name];

    protected string? Error => Form?.Error(Name) is { } english ? T(english) : null;

    protected string? Invalid => Error is null ? null : "true";

    protected string? DescribedBy =>
        (Hint, Error) switch
        {
            (null, null) => null,
            (_, null) => Id + "-hint",
            (null, _) => Id + "-error",
            _ => $"{Id}-hint {Id}-error",
        };
}
