using Comity.Ui.Languages;
using Comity.Ui.Layout;
using Microsoft.AspNetCore.Components;

namespace Comity.Ui.Components;

/// <summary>Base of every component: the reader's words and the clock.</summary>
public abstract class Fragment : ComponentBase
{
    [Inject]
    public Texts Texts { get; set; } = default!;

    [Inject]
    public TimeProvider TimeSource { get; set; } = default!;

    /// <summary>Now, in UTC.</summary>
    protected DateTime Now => TimeSource.GetUtcNow().UtcDateTime;

    /// <inheritdoc cref="Texts.T"/>
    protected string T(string english, params ReadOnlySpan<(string Name, object? Value)> values) =>
        Texts.T(english, values);

    /// <inheritdoc cref="Texts.TC"/>
    protected string TC(string context, string english, params ReadOnlySpan<(string Name, object? Value)> values) =>
        Texts.TC(context, english, values);

    /// <inheritdoc cref="Texts.N"/>
    protected string N(string one, string many, long n, params ReadOnlySpan<(string Name, object? Value)> values) =>
        Texts.N(one, many, n, values);
}

/// <summary>Base of every page: a fragment that also knows what stands at its head. Its markup is one <see cref="PageLayout"/>.</summary>
public abstract class Page : Fragment
{
    [Inject]
    public Letterhead Letterhead { get; set; } = default!;
}
