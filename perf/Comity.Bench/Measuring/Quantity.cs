namespace Comity.Bench.Measuring;

/// <summary>Numbers as people write them: 600, 10kB, 25MiB.</summary>
internal static class Quantity
{
    private static readonly (string Unit, int Factor)[] Units =
    [
        ("KiB", 1 << 10),
        ("MiB", 1 << 20),
        ("kB", 1000),
        ("MB", 1000 * 1000),
    ];

    public static int Read(string text)
    {
        var (unit, factor) = Array.Find(Units, u => text.EndsWith(u.Unit, StringComparison.Ordinal));
        var digits = text.AsSpan(0, text.Length - (unit?.Length ?? 0));
        return int.TryParse(digits, out var number) && number >= 0
            ? checked(number * (unit is null ? 1 : factor))
            : throw new BenchException($"{text} is no number, as 600, 10kB or 25MiB.");
    }

    /// <summary>Three significant digits: nothing that is measured here is known better.</summary>
    public static string Show(double value) =>
        value switch
        {
            0 => "0",
            >= 100 => value.ToString("#,0", System.Globalization.CultureInfo.InvariantCulture),
            >= 10 => value.ToString("0.0", System.Globalization.CultureInfo.InvariantCulture),
            >= 1 => value.ToString("0.00", System.Globalization.CultureInfo.InvariantCulture),
            _ => value.ToString("0.000", System.Globalization.CultureInfo.InvariantCulture),
        };
}
