using System.Globalization;
using Comity.Stix;

namespace Comity.Indicators.Taking;

/// <summary>A row as it is shown to people.</summary>
internal static class Understood
{
    internal static IndicatorUnderstood Of(ValueRow found, SourcePlace where)
    {
        var value = found.Row.Type == IndicatorType.AutonomousSystem ? $"AS{found.Row.Value}" : found.Row.Value;
        return new IndicatorUnderstood(
            found.Row,
            Shown(value),
            HostNames.ToUnicode(found.Row.Type, value) is { } own ? Shown(own) : null,
            where
        );

        string Shown(string live) =>
            found.Port is not { } port ? IndicatorText.Defang(live)
            : found.Row.Type == IndicatorType.Ipv6
                ? string.Create(CultureInfo.InvariantCulture, $"[{IndicatorText.Defang(live)}]:{port}")
            : string.Create(CultureInfo.InvariantCulture, $"{IndicatorText.Defang(live)}:{port}");
    }
}
