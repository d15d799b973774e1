using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace Comity.Kernel.Forms;

/// <summary>
/// Holds a request record to the rules that stand on its properties, and what it contains likewise. Our own, because
/// the generator of the framework passes over types that are not public, and says nothing of it.
/// </summary>
public static class RequestRules
{
    private const int Deepest = 8;

    /// <summary>What is broken, by field: <c>Name</c>, <c>Attachments[2].Name</c>. Empty where all is well.</summary>
    public static IReadOnlyDictionary<string, string> Broken(object request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var broken = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        Walk(request, "", Deepest, broken);
        return broken;
    }

    private static void Walk(object value, string path, int depth, Dictionary<string, string> broken)
    {
        if (depth == 0)
            return;
        foreach (var property in Properties(value.GetType()))
        {
            var name = path + property.Name;
            var content = property.GetValue(value);
            foreach (var rule in property.GetCustomAttributes<ValidationAttribute>())
                if (!IsKept(rule, content, value, property.Name))
                    broken.TryAdd(name, Sentence(rule));
            if (content is IEnumerable several and not string)
                WalkEach(several, value.GetType(), name, depth, broken);
            else if (content is not null && IsOurs(content.GetType(), value.GetType()))
                Walk(content, name + ".", depth - 1, broken);
        }
    }

    private static void WalkEach(
        IEnumerable several,
        Type around,
        string name,
        int depth,
        Dictionary<string, string> broken
    )
    {
        var number = 0;
        foreach (var one in several)
        {
            if (one is not null && !IsOurs(one.GetType(), around))
                return;
            if (one is not null)
                Walk(one, FormattableString.Invariant($"{name}[{number}]."), depth - 1, broken);
            number++;
        }
    }

    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "The node is not trimmed")]
    private static bool IsKept(ValidationAttribute rule, object? content, object around, string name) =>
        rule.GetValidationResult(content, new ValidationContext(around) { MemberName = name })
        == ValidationResult.Success;

    // A rule may bring a sentence of its own; the framework's would be in English only.
    private static string Sentence(ValidationAttribute rule) =>
        rule.ErrorMessage
        ?? rule switch
        {
            RequiredAttribute => /* T */
            "This is needed.",
            MaxLengthAttribute => /* T */
            "This is longer than allowed.",
            MinLengthAttribute => /* T */
            "This is not enough.",
            _ => /* T */
            "This does not have the right form.",
        };

    private static IEnumerable<PropertyInfo> Properties(Type type) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(p => p.CanRead && p.GetIndexParameters().Length == 0);

    private static bool IsOurs(Type type, Type around) => type.IsClass && type.Assembly == around.Assembly;
}
