using System.Globalization;
using System.Reflection;
using System.Text.Json;

namespace Comity.Kernel.Forms;

/// <summary>Makes a request record of what was typed: machine formats only, and a sentence where one does not fit.</summary>
internal static class FormReader
{
    public static T? Read<T>(IForm form, Dictionary<string, string> errors)
        where T : class
    {
        var constructor = typeof(T).GetConstructors()[0];
        var parameters = constructor.GetParameters();
        var values = new object?[parameters.Length];
        var readable = true;
        for (var i = 0; i < parameters.Length; i++)
        {
            var (value, error) = ReadOne(form, parameters[i]);
            values[i] = value;
            if (error is null)
                continue;
            errors[FieldName(parameters[i].Name!)] = error;
            readable = false;
        }
        return readable ? (T)constructor.Invoke(values) : null;
    }

    /// <summary>The name of a field on a page: that of the parameter, as a page writes it.</summary>
    public static string FieldName(string parameter) => JsonNamingPolicy.CamelCase.ConvertName(parameter);

    private static (object? Value, string? Error) ReadOne(IForm form, ParameterInfo parameter)
    {
        var type = parameter.ParameterType;
        var name = parameter.Name!;
        if (typeof(IEnumerable<string>).IsAssignableFrom(type) && type != typeof(string))
            return (form.All(name).ToArray(), null);
        var typed = form[name]?.Trim();
        var inner = Nullable.GetUnderlyingType(type) ?? type;
        if (inner == typeof(string))
            return (typed ?? (IsOptional(parameter) ? null : ""), null);
        if (inner == typeof(bool))
            return (typed is "true" or "on" or "yes", null);
        if (string.IsNullOrEmpty(typed))
            return type == inner && !parameter.HasDefaultValue
                ? (
                    null, /* T */
                    "This is needed."
                )
                : (parameter.HasDefaultValue ? parameter.DefaultValue : null, null);
        return Parse(inner, typed);
    }

    private static (object? Value, string? Error) Parse(Type type, string typed)
    {
        var invariant = CultureInfo.InvariantCulture;
        if (type == typeof(DateTime))
            return FormTimes.TryRead(typed, out var time)
                ? (time, null)
                : (
                    null, /* T */
                    "Write date and time as 2026-05-03 14:30, in UTC."
                );
        if (type == typeof(int))
            return int.TryParse(typed, NumberStyles.Integer, invariant, out var number)
                ? (number, null)
                : (
                    null, /* T */
                    "Write a whole number."
                );
        if (type == typeof(long))
            return long.TryParse(typed, NumberStyles.Integer, invariant, out var number)
                ? (number, null)
                : (
                    null, /* T */
                    "Write a whole number."
                );
        if (type == typeof(Guid))
            return Guid.TryParse(typed, out var id)
                ? (id, null)
                : (
                    null, /* T */
                    "This is not an id."
                );
        if (type.IsEnum)
            return Enum.TryParse(type, typed, ignoreCase: true, out var choice) && Enum.IsDefined(type, choice)
                ? (choice, null)
                : (
                    null, /* T */
                    "Choose one of the answers offered."
                );
        throw new NotSupportedException($"Forms do not read {type.Name}.");
    }

    private static bool IsOptional(ParameterInfo parameter) =>
        new NullabilityInfoContext().Create(parameter).WriteState == NullabilityState.Nullable;
}
