using System.Diagnostics.CodeAnalysis;

namespace Comity.Protocol;

/// <summary>Words of the wire for the members of one enumeration.</summary>
internal sealed class CodeTable<T>
    where T : struct, Enum
{
    private readonly Dictionary<T, string> codes = [];
    private readonly Dictionary<string, T> values = new(StringComparer.Ordinal);

    public string this[T member]
    {
        get => codes[member];
        init
        {
            codes.Add(member, value);
            values.Add(value, member);
        }
    }

    public bool TryRead([NotNullWhen(true)] string? code, out T member)
    {
        member = default;
        return code is not null && values.TryGetValue(code, out member);
    }
}
