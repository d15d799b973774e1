using System.Globalization;

namespace Comity.Ui.Languages;

/// <summary>
/// Writes values for people: numbers and times of the culture with the culture's own digits, and foreign words
/// isolated, so that a code such as QN/technical does not turn a right-to-left sentence around. Machine formats never
/// pass through here.
/// </summary>
public sealed class PeopleFormat(Language language) : IFormatProvider, ICustomFormatter
{
    private const char FirstStrongIsolate = '\u2068';
    private const char PopIsolate = '\u2069';
    private readonly CultureInfo _culture = language.Culture;

    public object? GetFormat(Type? formatType) =>
        formatType == typeof(ICustomFormatter) ? this : _culture.GetFormat(formatType);

    public string Format(string? format, object? arg, IFormatProvider? formatProvider) =>
        arg switch
        {
            null => "",
            string text => Isolate(text),
            DateTime time => Exact(time),
            DateOnly date => Date(date.ToDateTime(TimeOnly.MinValue)),
            int or long or short or byte => Digits(((IFormattable)arg).ToString(format ?? "N0", _culture)),
            IFormattable value => Digits(value.ToString(format, _culture)),
            _ => Isolate(arg.ToString() ?? ""),
        };

    /// <summary>Date and time with its zone: "3 May 2026, 14:30 UTC".</summary>
    public string Exact(DateTime utc) => string.Concat(Date(utc), Comma, Hour(utc), " UTC");

    /// <summary>"3 May 2026".</summary>
    public string Date(DateTime time)
    {
        var written = Digits(time.ToString(language.DatePattern, _culture));
        // French says "1er mai", and no pattern of .NET knows it.
        return language.Code == "fr" && time.Day == 1 ? "1er" + written[1..] : written;
    }

    /// <summary>"Sunday".</summary>
    public string Weekday(DateTime time) => _culture.DateTimeFormat.GetDayName(time.DayOfWeek);

    /// <summary>"14:30", on the 24-hour clock in every language, because two offices read it.</summary>
    public string Hour(DateTime time) => Digits(time.ToString("HH:mm", CultureInfo.InvariantCulture));

    /// <summary>A text with the digits of the culture in place of 0 to 9.</summary>
    public string Digits(string text)
    {
        // ICU names Arabic digits for "ar" and leaves it to the program to use them; .NET never does.
        var digits = _culture.NumberFormat.NativeDigits;
        return digits[0] == "0" ? text : Replace(text, digits);
    }

    /// <summary>What stands between a date and an hour.</summary>
    public string Comma =>
        language.Code switch
        {
            "ar" => "، ",
            "zh" => " ",
            _ => ", ",
        };

    private string Isolate(string text) =>
        language.IsRightToLeft || text.Any(c => c is >= '\u0590' and <= '\u08FF')
            ? $"{FirstStrongIsolate}{text}{PopIsolate}"
            : text;

    private static string Replace(string text, string[] digits) =>
        string.Create(
            text.Length,
            (text, digits),
            static (span, s) =>
            {
                for (var i = 0; i < span.Length; i++)
                {
                    var c = s.text[i];
                    span[i] = char.IsAsciiDigit(c) ? s.digits[c - '0'][0] : c;
                }
            }
        );
}
