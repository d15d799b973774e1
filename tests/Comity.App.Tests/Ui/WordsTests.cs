using Comity.Ui;
using Comity.Ui.Languages;

namespace Comity.App.Tests.Ui;

public sealed class WordsTests
{
    private static readonly Catalogs Catalogs = new(typeof(UiServices).Assembly);
    private static readonly DateTime Noon = new(2026, 5, 3, 12, 0, 0, DateTimeKind.Utc);

    public static TheoryData<string> All => [.. Language.All.Select(l => l.Code)];

    private static Texts In(string code) => Catalogs.For(Language.Find(code)!);

    [Theory]
    [InlineData("en", "in 3 h 20 min")]
    [InlineData("fr", "dans 3 h 20 min")]
    [InlineData("es", "dentro de 3 h 20 min")]
    [InlineData("ru", "через 3 ч 20 мин")]
    [InlineData("zh", "3 小时 20 分钟后")]
    [InlineData("ar", "بعد ٣ ساعات و٢٠ دقيقة")]
    public void A_duration_is_said_in_words(string code, string words) =>
        Assert.Equal(words, In(code).Relative(Noon.AddMinutes(200), Noon));

    [Theory]
    [InlineData(0.5, "now")]
    [InlineData(-0.5, "now")]
    [InlineData(1, "in 1 min")]
    [InlineData(59.9, "in 59 min")]
    [InlineData(-60, "1 h ago")]
    [InlineData(1440, "in 1 day")]
    [InlineData(2 * 1440 + 4 * 60 + 59, "in 2 days 4 h")]
    [InlineData(-45 * 1440 - 60, "45 days ago")]
    public void A_duration_names_two_units_and_never_more_than_is_left(double minutes, string words) =>
        Assert.Equal(words, In("en").Relative(Noon.AddMinutes(minutes), Noon));

    [Theory]
    [InlineData("en", "1 May 2026, 12:00 UTC")]
    [InlineData("fr", "1er mai 2026, 12:00 UTC")]
    [InlineData("es", "1 de mayo de 2026, 12:00 UTC")]
    [InlineData("ru", "1 мая 2026 года, 12:00 UTC")]
    [InlineData("zh", "2026年5月1日 12:00 UTC")]
    [InlineData("ar", "١ مايو ٢٠٢٦، ١٢:٠٠ UTC")]
    public void A_time_is_written_as_the_culture_writes_it_and_names_its_zone(string code, string written) =>
        Assert.Equal(written, In(code).Format.Exact(Noon.AddDays(-2)));

    [Fact]
    public void A_code_inside_a_right_to_left_sentence_is_isolated()
    {
        Assert.Equal("عن \u2068QN/technical\u2069", In("ar").T("for {office}", ("office", "QN/technical")));
        Assert.Equal("for QN/technical", In("en").T("for {office}", ("office", "QN/technical")));
        Assert.Equal("for \u2068مكتب\u2069", In("en").T("for {office}", ("office", "مكتب")));
    }

    [Theory]
    [InlineData(0, "لا رسائل")]
    [InlineData(1, "رسالة واحدة")]
    [InlineData(2, "رسالتان")]
    [InlineData(7, "٧ رسائل")]
    [InlineData(11, "١١ رسالة")]
    [InlineData(1234, "١٬٢٣٤ رسالة")]
    public void Arabic_counts_messages_in_six_forms(int n, string words) =>
        Assert.Equal(words, In("ar").N("{n} message", "{n} messages", n));

    [Theory, MemberData(nameof(All))]
    public void A_sentence_without_translation_is_shown_in_English(string code) =>
        Assert.Equal("No such sentence.", In(code).T("No such sentence."));
}
