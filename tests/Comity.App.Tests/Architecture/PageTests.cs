using System.Text.RegularExpressions;

namespace Comity.App.Tests.Architecture;

public sealed partial class PageTests
{
    [Fact]
    public void Style_sheets_speak_of_start_and_end_never_of_left_and_right() =>
        House.HasNone(
            from file in House.Read(["src"], ".css")
            let text = Comment().Replace(file.Text, m => new string('\n', m.Value.AsSpan().Count('\n')))
            from line in new SourceText(file.Name, text).Lines
            where PhysicalSide().IsMatch(line.Text)
            select $"{file.At(line.Number)}: {line.Text.Trim()}"
        );

    [Fact]
    public void No_page_holds_script_or_style_of_its_own() =>
        House.HasNone(
            from file in House.Read(["src"], ".razor")
            from line in file.Lines
            where Inline().IsMatch(line.Text)
            select $"{file.At(line.Number)}: {line.Text.Trim()}"
        );

    [Fact]
    public void No_page_fetches_anything_from_elsewhere() =>
        House.HasNone(
            from file in House.Read(["src"], ".razor", ".css", ".js")
            from line in file.Lines
            where Foreign().IsMatch(line.Text)
            select $"{file.At(line.Number)}: {line.Text.Trim()}"
        );

    [GeneratedRegex(@"/\*.*?\*/", RegexOptions.Singleline, 1000)]
    private static partial Regex Comment();

    /// <summary>The margin boxes of a printed page (@top-left) have no other names.</summary>
    [GeneratedRegex(@"(?<!@(top|bottom)-)\b(left|right)\b", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex PhysicalSide();

    [GeneratedRegex(
        """<style\b|\sstyle\s*=|<script(?![^>]*\bsrc=)|\son[a-z]+\s*=\s*"(?!@)|javascript:""",
        RegexOptions.IgnoreCase,
        1000
    )]
    private static partial Regex Inline();

    [GeneratedRegex(
        """(src|action)\s*=\s*"(https?:)?//|@import|url\(\s*["']?(https?:)?//|<link[^>]*href\s*=\s*"(https?:)?//""",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Foreign();
}
