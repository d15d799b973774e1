using Comity.Indicators.Taking;
using Comity.Stix;

namespace Comity.Indicators.Types;

/// <summary>Tags, freely chosen or machine tags such as <c>tlp:amber</c> and <c>misp-galaxy:threat-actor="…"</c>.</summary>
internal static class Tags
{
    private const string Tlp = "tlp:";
    private const string Galaxy = "misp-galaxy:";

    internal static void Read(string tag, SourcePlace where, Gathering found)
    {
        if (tag.StartsWith(Tlp, StringComparison.OrdinalIgnoreCase))
        {
            Label(tag, where, found);
            return;
        }

        var equals = tag.IndexOf('=', StringComparison.Ordinal);
        var said = equals < 0 ? tag : tag[..equals];
        var value = equals < 0 ? tag : tag[(equals + 1)..].Trim('"', ' ');
        if (tag.StartsWith(Galaxy, StringComparison.OrdinalIgnoreCase))
        {
            Galaxies.Read(said[Math.Min(Galaxy.Length, said.Length)..], value, where, found);
        }
        else if (NamingTypes.SaysWho(KnownTypes.Key(said)))
        {
            found.LeaveOut(NameKind.Reference, value, said, where);
        }
        else
        {
            found.NotUnderstood(PartReason.Context, where, tag);
        }
    }

    /// <summary>A label of the Traffic Light Protocol, with "TLP:" or without.</summary>
    internal static void Label(string label, SourcePlace where, Gathering found)
    {
        var name = label.StartsWith(Tlp, StringComparison.OrdinalIgnoreCase) ? label[Tlp.Length..] : label;
        if (!found.Label(name.Trim()))
        {
            found.NotUnderstood(PartReason.UnknownLabel, where, label);
        }
    }

    /// <summary>Tags with commas between them; a comma in quotation marks belongs to its tag.</summary>
    internal static void ReadList(string list, SourcePlace where, Gathering found)
    {
        var start = 0;
        var isQuoted = false;
        for (var at = 0; at <= list.Length; at++)
        {
            isQuoted ^= at < list.Length && list[at] == '"';
            if (at == list.Length || (list[at] == ',' && !isQuoted))
            {
                if (list[start..at].Trim() is { Length: > 0 } tag)
                {
                    Read(tag, where, found);
                }

                start = at + 1;
            }
        }
    }
}
