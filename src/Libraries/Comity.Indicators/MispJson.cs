using System.Text.Json;
using Comity.Indicators.Misp;
using Comity.Indicators.Taking;
using Comity.Stix;

namespace Comity.Indicators;

/// <summary>
/// Reads the attributes of MISP JSON (draft-dulaunoy-misp-core-format): an event, an answer of MISP with events or
/// attributes, or a list of them.
/// </summary>
/// <remarks>
/// Galaxies of actors and places, tags, types, categories and objects that name somebody never become rows, whatever
/// their form: they are listed in <see cref="IndicatorReading.LeftOut"/>.
/// </remarks>
public static class MispJson
{
    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>Reads a file strictly and within <see cref="IndicatorLimits"/>.</summary>
    /// <param name="octets">JSON in UTF-8, with or without a byte order mark; at most <see cref="IndicatorLimits.MispOctets"/>.</param>
    /// <returns>What was understood, and what not. No octets make this throw.</returns>
    public static IndicatorReading Read(ReadOnlySpan<byte> octets)
    {
        if (octets.Length > IndicatorLimits.MispOctets)
        {
            return IndicatorReading.Refused(IndicatorRefusal.TooLarge);
        }

        var json = octets.StartsWith(ByteOrderMark) ? octets[ByteOrderMark.Length..] : octets;
        if (JsonScan.Refuse(json) is { } refused)
        {
            return IndicatorReading.Refused(Of(refused.Refusal), refused.Place);
        }

        var options = new JsonDocumentOptions { MaxDepth = StixLimits.Depth, AllowDuplicateProperties = false };
        JsonElement root;
        try
        {
            root = JsonElement.Parse(json, options);
        }
        catch (JsonException)
        {
            // All else that is wrong with JSON was seen by the scan.
            return IndicatorReading.Refused(IndicatorRefusal.Ambiguous);
        }

        var found = new Gathering();
        return new EventWalk(found).Read(root) ? found.Reading() : IndicatorReading.Refused(IndicatorRefusal.NotMisp);
    }

    private static IndicatorRefusal Of(StixRefusal refusal) =>
        refusal switch
        {
            StixRefusal.NotUtf8 => IndicatorRefusal.UnknownEncoding,
            StixRefusal.TooDeep => IndicatorRefusal.TooDeep,
            StixRefusal.TooManyValues => IndicatorRefusal.TooMuchWork,
            _ => IndicatorRefusal.NotJson,
        };
}
