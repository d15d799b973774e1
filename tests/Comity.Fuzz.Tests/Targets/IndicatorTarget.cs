using Comity.Fuzz.Tests.Engine;
using Comity.Indicators;
using Comity.Stix;

namespace Comity.Fuzz.Tests.Targets;

/// <summary>
/// What readers of indicators promise alike: bounds, names that are in no note, and rows that are read again from what
/// is shown of them.
/// </summary>
internal abstract class IndicatorTarget : Target
{
    private static readonly IndicatorType[] Recognised =
    [
        IndicatorType.Ipv4,
        IndicatorType.Ipv6,
        IndicatorType.Domain,
        IndicatorType.Url,
    ];

    public override int Longest => 6 << 10;

    public override (long Base, long PerOctet) Allowance => (1 << 20, 2000);

    protected abstract IndicatorReading Read(byte[] input);

    public override Func<string> Prepare(byte[] input) => () => Judge(Read(input));

    private static string Judge(IndicatorReading reading)
    {
        if (reading.Refusal is { } refusal)
            return reading.Rows.Count == 0
                ? $"{refusal}"
                : throw new BrokenPromiseException("Refused, and rows all the same.");
        if (reading.Rows.Count > IndicatorLimits.Rows || reading.NotUnderstood.Count > IndicatorLimits.Remarks)
            throw new BrokenPromiseException("More than there may be.");
        foreach (var row in reading.Rows)
        {
            if (reading.LeftOut.FirstOrDefault(name => StandsIn(row.Note, name)) is { } name)
                throw new BrokenPromiseException($"{name.Name} was left out and stands in a note.");
        }

        // To read all of them again would cost more than all the rest.
        foreach (var row in reading.Rows.Where(row => Recognised.Contains(row.Row.Type)).Take(20))
        {
            if (!IsReadAgain(row))
                throw new BrokenPromiseException($"{row.Shown} is not read as what it shows: {row.Row.Value}.");
        }

        return $"read, {Math.Min(reading.Rows.Count, 3)} rows, {Math.Min(reading.NotUnderstood.Count, 3)} not, {Math.Min(reading.LeftOut.Count, 3)} names";
    }

    /// <summary>Words of Latin letters only, where nobody can doubt what a word is. The code of a country is no word to look for.</summary>
    private static bool StandsIn(string? note, NameLeftOut name) =>
        name.Name.Length > (name.Kind == NameKind.Place ? 3 : 1)
        && name.Name.All(char.IsAsciiLetterOrDigit)
        && note is not null
        && $" {note.Replace(StixBundle.Mark, "", StringComparison.Ordinal)} ".Contains(
            $" {name.Name} ",
            StringComparison.OrdinalIgnoreCase
        );

    /// <summary>Alone, for a URL in a file may hold what separates values in text; with its port as it is pasted.</summary>
    private static bool IsReadAgain(IndicatorUnderstood row) =>
        row.Row.Alone
            ? row.Row.Value == IndicatorText.Recognise(row.Shown)?.Value
            : PastedText.Read(row.Shown).Rows is [var again, ..] && again.Row.Value == row.Row.Value;
}
