using Comity.Protocol.Messages;

namespace Comity.Exchange.Sending;

/// <summary>Puts the rows of a bundle into the fields of a notification, as far as a message may carry them.</summary>
internal static class WithRows
{
    // A message may have a mebibyte in all; the rest of the rows stays in the attached bundle.
    private const int MostCharacters = 600_000;
    private const int AroundARow = 120;

    public static MessageFields Add(MessageFields fields, StixIntake intake)
    {
        if (fields is not NotificationFields notification || intake.Octets is null)
            return fields;
        var left = MostCharacters;
        var indicators = notification
            .Indicators.Concat(intake.Indicators)
            .DistinctBy(i => (i.Type, i.Value, i.Pattern))
            .Take(MessageLimits.Indicators)
            .TakeWhile(i => (left -= AroundARow + i.Value.Length + (i.Pattern?.Length ?? 0)) > 0)
            .ToList();
        var hashes = notification
            .Hashes.Concat(intake.Hashes)
            .DistinctBy(h => (h.Algorithm, h.Value))
            .Take(MessageLimits.Indicators)
            .TakeWhile(h => (left -= AroundARow + h.Value.Length) > 0)
            .ToList();
        return notification with
        {
            Indicators = indicators,
            Hashes = hashes,
            Malware =
            [
                .. notification
                    .Malware.Concat(intake.Malware.Where(m => m.Length <= MessageLimits.Line))
                    .Distinct(StringComparer.Ordinal)
                    .Take(100),
            ],
        };
    }

    public static int Count(MessageFields fields) =>
        fields is NotificationFields notification ? notification.Indicators.Count + notification.Hashes.Count : 0;
}
