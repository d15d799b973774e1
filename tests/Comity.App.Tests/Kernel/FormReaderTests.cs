using Comity.Kernel.Forms;
using CsCheck;

namespace Comity.App.Tests.KernelTests;

public sealed class FormReaderTests
{
    private enum Colour
    {
        Red,
        Green,
    }

    [Fact]
    public void What_is_typed_well_is_read()
    {
        var errors = new Dictionary<string, string>(StringComparer.Ordinal);
        var form = new Typed(
            ("Text", "  words  "),
            ("Number", "12"),
            ("At", "2026-05-03 14:30"),
            ("Choice", "green"),
            ("Agreed", "on"),
            ("Several", "a"),
            ("Several", "b")
        );
        var asked = FormReader.Read<Asked>(form, errors);
        Assert.Empty(errors);
        Assert.NotNull(asked);
        Assert.Equal(("words", 12, Colour.Green, true), (asked.Text, asked.Number, asked.Choice, asked.Agreed));
        Assert.Equal(new DateTime(2026, 5, 3, 14, 30, 0, DateTimeKind.Utc), asked.At);
        Assert.Equal(["a", "b"], asked.Several);
        Assert.Null(asked.Optional);
    }

    [Theory]
    [InlineData("Number", "twelve", "Write a whole number.")]
    [InlineData("Number", "", "This is needed.")]
    [InlineData("Number", "99999999999", "Write a whole number.")]
    [InlineData("At", "yesterday", "Write date and time as 2026-05-03 14:30, in UTC.")]
    [InlineData("At", "31 May", "Write date and time as 2026-05-03 14:30, in UTC.")]
    [InlineData("At", "05/06/2047", "Write date and time as 2026-05-03 14:30, in UTC.")]
    [InlineData("At", "2026-05-03", "Write date and time as 2026-05-03 14:30, in UTC.")]
    [InlineData("Choice", "blue", "Choose one of the answers offered.")]
    [InlineData("Choice", "7", "Choose one of the answers offered.")]
    public void What_does_not_fit_is_said_beside_its_field(string field, string typed, string sentence)
    {
        var errors = new Dictionary<string, string>(StringComparer.Ordinal);
        var form = new Typed([
            .. new[] { ("Number", "1"), ("At", "2026-05-03T14:30"), ("Choice", "red") }.Where(f => f.Item1 != field),
            (field, typed),
        ]);
        Assert.Null(FormReader.Read<Asked>(form, errors));
        // Under the name that stands in the page, so that the error summary leads to the field.
        var shown = char.ToLowerInvariant(field[0]) + field[1..];
        Assert.Equal((shown, sentence), (Assert.Single(errors).Key, errors[shown]));
    }

    [Fact]
    public void Garbage_never_throws() =>
        Gen.Select(Gen.String, Gen.String, Gen.String, Gen.String)
            .Sample(
                (number, at, choice, text) =>
                {
                    var errors = new Dictionary<string, string>(StringComparer.Ordinal);
                    var form = new Typed(("Number", number), ("At", at), ("Choice", choice), ("Text", text));
                    var asked = FormReader.Read<Asked>(form, errors);
                    Assert.Equal(asked is null, errors.Count > 0);
                }
            );

    private sealed record Asked(
        string Text,
        int Number,
        DateTime At,
        Colour Choice,
        bool Agreed,
        string[] Several,
        DateTime? Optional
    );

    private sealed class Typed(params (string Field, string Value)[] typed) : IForm
    {
        public string? this[string field] => All(field) is [var first, ..] ? first : null;

        public IReadOnlyDictionary<string, string> Errors { get; } = new Dictionary<string, string>();

        public IReadOnlyList<string> All(string field) => [.. typed.Where(t => t.Field == field).Select(t => t.Value)];

        public string? Error(string field) => null;
    }
}
