using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Comity.Ui.Layout;

/// <summary>
/// A page with what it shows. Components are always public and the records of a room are not, so a record is handed
/// down the page (<c>[CascadingParameter] private DeskView Desk</c>) and not passed as a public parameter.
/// </summary>
/// <typeparam name="TPage">The page.</typeparam>
/// <typeparam name="TShown">The record that it shows.</typeparam>
public sealed class Sheet<TPage, TShown> : ComponentBase
    where TPage : Components.Page
    where TShown : class
{
    [Parameter, EditorRequired]
    public TShown Shown { get; set; } = default!;

    [SuppressMessage(
        "Design",
        "CA1000",
        Justification = "The types are what the caller chooses; nothing else is needed"
    )]
    public static RazorComponentResult Show(TShown shown, int status = StatusCodes.Status200OK) =>
        new RazorComponentResult<Sheet<TPage, TShown>>(new { Shown = shown }) { StatusCode = status };

    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.OpenComponent<CascadingValue<TShown>>(0);
        builder.AddComponentParameter(1, nameof(CascadingValue<>.Value), Shown);
        builder.AddComponentParameter(2, nameof(CascadingValue<>.IsFixed), value: true);
        builder.AddComponentParameter(
            3,
            nameof(CascadingValue<>.ChildContent),
            (RenderFragment)(
                child =>
                {
                    child.OpenComponent<TPage>(0);
                    child.CloseComponent();
                }
            )
        );
        builder.CloseComponent();
    }
}
