using System.Globalization;
using Comity.Indicators.Taking;
using Comity.Indicators.Types;

namespace Comity.Indicators.Csv;

/// <summary>What a column is for.</summary>
internal enum ColumnRole
{
    /// <summary>It is not read.</summary>
    Unread,

    /// <summary>Values, of the type that the type column says or that their form says.</summary>
    Value,

    /// <summary>Values of the type that the header names.</summary>
    Typed,

    /// <summary>Names; see <see cref="NamingTypes"/>.</summary>
    Naming,

    Type,
    Category,
    Id,
    Note,
    FirstSeen,
    LastSeen,
    ToDetect,
    Deleted,
    Tags,
    Label,
}

/// <summary>A column of a CSV file.</summary>
internal sealed record Column(int Index, string Name, ColumnRole Role)
{
    private const int NameLength = 100;

    /// <summary>MISP's export calls its columns uuid, event_id, category, type, value, comment, to_ids, date, object_relation, attribute_tag and so on.</summary>
    private static readonly Dictionary<string, ColumnRole> Roles = new(StringComparer.Ordinal)
    {
        ["value"] = ColumnRole.Value,
        ["values"] = ColumnRole.Value,
        ["indicator"] = ColumnRole.Value,
        ["indicators"] = ColumnRole.Value,
        ["indicatorvalue"] = ColumnRole.Value,
        ["ioc"] = ColumnRole.Value,
        ["iocs"] = ColumnRole.Value,
        ["iocvalue"] = ColumnRole.Value,
        ["observable"] = ColumnRole.Value,
        ["type"] = ColumnRole.Type,
        ["indicatortype"] = ColumnRole.Type,
        ["ioctype"] = ColumnRole.Type,
        ["observabletype"] = ColumnRole.Type,
        ["category"] = ColumnRole.Category,
        ["uuid"] = ColumnRole.Id,
        ["comment"] = ColumnRole.Note,
        ["comments"] = ColumnRole.Note,
        ["note"] = ColumnRole.Note,
        ["notes"] = ColumnRole.Note,
        ["remark"] = ColumnRole.Note,
        ["remarks"] = ColumnRole.Note,
        ["description"] = ColumnRole.Note,
        ["firstseen"] = ColumnRole.FirstSeen,
        ["firstseenutc"] = ColumnRole.FirstSeen,
        ["firstobserved"] = ColumnRole.FirstSeen,
        ["lastseen"] = ColumnRole.LastSeen,
        ["lastseenutc"] = ColumnRole.LastSeen,
        ["lastobserved"] = ColumnRole.LastSeen,
        ["toids"] = ColumnRole.ToDetect,
        ["ids"] = ColumnRole.ToDetect,
        ["deleted"] = ColumnRole.Deleted,
        ["tag"] = ColumnRole.Tags,
        ["tags"] = ColumnRole.Tags,
        ["attributetag"] = ColumnRole.Tags,
        ["eventtag"] = ColumnRole.Tags,
        ["tlp"] = ColumnRole.Label,
    };

    internal static Column Named(int index, string name) => new(index, Quotation.Cut(name, NameLength), RoleOf(name));

    private static ColumnRole RoleOf(string name) =>
        Roles.TryGetValue(KnownTypes.Key(name), out var role)
            ? role
            : KnownTypes.Of(name) switch
            {
                TypeMeaning.Names => ColumnRole.Naming,
                TypeMeaning.Formed or TypeMeaning.At or TypeMeaning.Pair => ColumnRole.Typed,
                _ => ColumnRole.Unread,
            };

    internal static Column Nameless(int index) =>
        new(index, (index + 1).ToString(CultureInfo.InvariantCulture), ColumnRole.Value);

    internal SourcePlace Place(int line) => new(line, Name);

    internal static bool? IsTrue(string? cell) =>
        cell?.ToLowerInvariant() switch
        {
            "1" or "true" or "yes" => true,
            "0" or "false" or "no" => false,
            _ => null,
        };
}
