using Comity.PortableObject;
using CsCheck;

namespace Comity.Libraries.Tests.PortableObject;

public sealed class PluralRuleTests
{
    private const string Arabic =
        "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5);";

    private const string Russian =
        "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);";

    private enum Category
    {
        Zero,
        One,
        Two,
        Few,
        Many,
        Other,
    }

    // The table of Unicode CLDR for whole numbers in Arabic, written as sets instead of as an expression.
    private static Category CldrArabic(long n) =>
        n switch
        {
            0 => Category.Zero,
            1 => Category.One,
            2 => Category.Two,
            _ when Enumerable.Range(3, 8).Contains((int)(n % 100)) => Category.Few,
            _ when Enumerable.Range(11, 89).Contains((int)(n % 100)) => Category.Many,
            _ => Category.Other,
        };

    [Fact]
    public void Arabic_chooses_its_six_forms_as_the_table_of_Unicode_does()
    {
        var rule = PluralRule.Parse(Arabic);
        Assert.Equal(6, rule.Forms);
        Gen.Long[0, long.MaxValue].Sample(n => rule.FormFor(n) == (int)CldrArabic(n));
        Gen.Long[0, 400].Sample(n => rule.FormFor(n) == (int)CldrArabic(n));
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(21, 0)]
    [InlineData(101, 0)]
    [InlineData(2, 1)]
    [InlineData(34, 1)]
    [InlineData(0, 2)]
    [InlineData(5, 2)]
    [InlineData(11, 2)]
    [InlineData(12, 2)]
    [InlineData(111, 2)]
    [InlineData(112, 2)]
    public void Russian_chooses_among_three_forms(long number, int form) =>
        Assert.Equal(form, PluralRule.Parse(Russian).FormFor(number));

    [Theory]
    [InlineData("nplurals=2; plural=(n != 1);", 0, 1)]
    [InlineData("nplurals=2; plural=(n != 1);", 1, 0)]
    [InlineData("nplurals=2; plural=n>1", 0, 0)]
    [InlineData("nplurals=2; plural=(n > 1);", 2, 1)]
    [InlineData("nplurals=1; plural=0;", 7, 0)]
    public void English_Spanish_French_and_Chinese_choose_as_gettext_writes(string forms, long number, int form) =>
        Assert.Equal(form, PluralRule.Parse(forms).FormFor(number));

    [Fact]
    public void A_negative_number_is_said_like_its_absolute_value()
    {
        var rule = PluralRule.Parse(Arabic);
        Gen.Long[1, long.MaxValue].Sample(n => rule.FormFor(-n) == rule.FormFor(n));
        Assert.InRange(rule.FormFor(long.MinValue), 0, 5);
    }

    [Fact]
    public void Operators_bind_as_in_C()
    {
        Assert.Equal(1, PluralRule.Parse("nplurals=2; plural=1 + 2 * 3 == 7 && 10 - 4 - 3 == 3").FormFor(0));
        Assert.Equal(1, PluralRule.Parse("nplurals=2; plural=n == 1 || n == 2 && 0").FormFor(1));
        Assert.Equal(1, PluralRule.Parse("nplurals=2; plural=!n == 0").FormFor(5));
        Assert.Equal(2, PluralRule.Parse("nplurals=3; plural=n ? 2 : 0 ? 1 : 0").FormFor(1));
    }

    [Theory]
    [InlineData("")]
    [InlineData("nplurals=2")]
    [InlineData("nplurals=0; plural=0;")]
    [InlineData("nplurals=9; plural=0;")]
    [InlineData("nplurals=2; plural=n;")]
    [InlineData("nplurals=2; plural=(n != 1;")]
    [InlineData("nplurals=2; plural=n != 1);")]
    [InlineData("nplurals=2; plural=system(1);")]
    [InlineData("nplurals=2; plural=1/n;")]
    [InlineData("nplurals=2; plural=n%0;")]
    [InlineData("nplurals=2; plural=n ? 1;")]
    [InlineData("nplurals=2; plural=9999999999999999999999 > n;")]
    [InlineData("nplurals=2; plural=0; plural=1; x")]
    public void What_is_not_such_an_expression_or_leaves_the_range_is_refused(string forms) =>
        Assert.False(PluralRule.TryParse(forms, out _));

    [Fact]
    public void Depth_and_length_are_bounded()
    {
        Assert.False(PluralRule.TryParse($"nplurals=2; plural={new string('(', 200)}0{new string(')', 200)};", out _));
        Assert.False(PluralRule.TryParse($"nplurals=2; plural={new string('!', 200)}n;", out _));
        Assert.False(PluralRule.TryParse("nplurals=2; plural=0" + new string(' ', 600), out _));
    }

    [Fact]
    public void No_text_makes_the_parser_throw() =>
        Gen.String[Gen.Char["n0123456789?:|&=!<>+-*/%() "], 0, 60]
            .Sample(text => PluralRule.TryParse("nplurals=2; plural=" + text, out var rule) == rule is not null);
}
