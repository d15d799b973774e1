using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;

namespace Comity.Kernel.Forms;

/// <summary>
/// A posted form. It keeps what was typed, so that a page can show it again beside the errors (422): nothing that
/// somebody wrote is lost because of a wrong date, a stale token or a lost session.
/// </summary>
/// <typeparam name="T">The request record of a use case; its constructor's parameters are the fields.</typeparam>
public sealed class Form<T> : IForm, IEndpointParameterMetadataProvider
    where T : class
{
    /// <summary>Said where the token that protects a form is missing or too old.</summary>
    public const string TooOld =
        /* T */"This page was open for too long. Nothing was done and nothing was lost: please send it again.";

    private readonly Dictionary<string, IReadOnlyList<string>> _typed = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string> _errors = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The request, where everything could be read; rules may still refuse it.</summary>
    public T? Value { get; private set; }

    [MemberNotNullWhen(true, nameof(Value))]
    public bool IsValid => Value is not null && _errors.Count == 0;

    public string? this[string field] => _typed.GetValueOrDefault(field)?[0];

    public IReadOnlyDictionary<string, string> Errors => _errors;

    public Outcomes.Problem? Refused { get; private set; }

    public IReadOnlyList<string> All(string field) => _typed.GetValueOrDefault(field) ?? [];

    public string? Error(string field) => _errors.GetValueOrDefault(field);

    /// <summary>Adds what a rule of the use case found.</summary>
    public Form<T> With(Outcomes.Problem problem)
    {
        foreach (var (field, message) in problem.Fields)
            _errors.TryAdd(field, message);
        if (problem.Fields.Count == 0 && _errors.TryAdd("", Outcomes.ProblemResults.English(problem)))
            Refused = problem;
        return this;
    }

    /// <summary>Sets what stands in a field before anything was typed.</summary>
    public Form<T> Start(string field, string? value)
    {
        if (value is not null)
            _typed.TryAdd(field, [value]);
        return this;
    }

    /// <summary>Called by the framework: a route that takes a form shows it again.</summary>
    [SuppressMessage("Design", "CA1000", Justification = "The framework asks the type itself")]
    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) =>
        builder.Metadata.Add(new ShowsFormAgain());

    /// <summary>Called by the framework.</summary>
    [SuppressMessage("Design", "CA1000", Justification = "Minimal APIs find this method by its name on the bound type")]
    public static async ValueTask<Form<T>> BindAsync(HttpContext context)
    {
        var form = new Form<T>();
        if (context.Features.Get<IAntiforgeryValidationFeature>() is not { IsValid: true })
        {
            form._errors[""] = TooOld;
            // The page is shown again with a new token; reading the form must not throw before that.
            context.Features.Set<IAntiforgeryValidationFeature>(null);
        }
        if (context.Request.HasFormContentType)
            foreach (var (name, values) in await context.Request.ReadFormAsync(context.RequestAborted))
                form._typed[name] = [.. values.Select(v => v ?? "")];
        form.Value = FormReader.Read<T>(form, form._errors);
        if (form.Value is not null)
            foreach (var (field, sentence) in RequestRules.Broken(form.Value))
                form._errors.TryAdd(field, sentence);
        return form;
    }
}
