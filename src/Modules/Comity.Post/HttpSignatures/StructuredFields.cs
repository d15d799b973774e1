using System.Collections;

namespace Comity.Post.HttpSignatures;

/// <summary>A bare item of a structured field (RFC 9651, section 3.3).</summary>
internal abstract record BareItem;

internal sealed record IntegerItem(long Value) : BareItem;

internal sealed record DecimalItem(decimal Value) : BareItem;

internal sealed record StringItem(string Value) : BareItem;

internal sealed record TokenItem(string Value) : BareItem;

internal sealed record BytesItem(ReadOnlyMemory<byte> Value) : BareItem;

internal sealed record BooleanItem(bool Value) : BareItem;

/// <summary>Seconds from 1970-01-01T00:00:00Z (RFC 9651, section 3.3.7).</summary>
internal sealed record DateItem(long Seconds) : BareItem;

/// <summary>Unicode text (RFC 9651, section 3.3.8).</summary>
internal sealed record DisplayStringItem(string Value) : BareItem;

/// <summary>A member of a list or dictionary: an item or an inner list, with its parameters.</summary>
internal abstract record FieldMember(FieldMap<BareItem> Parameters);

internal sealed record FieldItem(BareItem Value, FieldMap<BareItem> Parameters) : FieldMember(Parameters)
{
    public static FieldItem Of(string text) => new(new StringItem(text), []);
}

internal sealed record InnerList(IReadOnlyList<FieldItem> Items, FieldMap<BareItem> Parameters)
    : FieldMember(Parameters);

/// <summary>
/// What the standard calls an ordered map: keys in order of first arrival, the last value of a key wins. That a key came
/// twice is remembered, because whoever signs something has no honest reason to say it twice.
/// </summary>
internal sealed class FieldMap<TValue> : IEnumerable<KeyValuePair<string, TValue>>
    where TValue : class
{
    private readonly OrderedDictionary<string, TValue> entries = new(StringComparer.Ordinal);

    public bool HasRepeatedKey { get; private set; }

    public int Count => entries.Count;

    public TValue? this[string key] => entries.TryGetValue(key, out var value) ? value : null;

    public void Add(string key, TValue value)
    {
        HasRepeatedKey |= entries.ContainsKey(key);
        entries[key] = value;
    }

    public IEnumerator<KeyValuePair<string, TValue>> GetEnumerator() => entries.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
