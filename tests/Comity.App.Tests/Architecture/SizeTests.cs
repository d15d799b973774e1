using System.Globalization;
using Comity.Eng;

namespace Comity.App.Tests.Architecture;

public sealed class SizeTests
{
    private static readonly IReadOnlyList<FileSize> Sizes = FileSize.Measure(House.Repository);

    [Fact]
    public void No_file_is_longer_than_its_kind_allows() =>
        House.HasNone(
            Sizes
                .Where(s => s.Lines > s.Allowed)
                .Select(s =>
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{s.Name} has {s.Lines} lines; {s.Allowed} are allowed"
                    )
                )
        );

    [Fact]
    public void Nearly_all_files_are_short()
    {
        var share = FileSize.Share(Sizes);
        var overlong = Sizes.Where(s => s.Lines >= FileSize.Usual).Select(s => s.Name);
        Assert.True(
            share >= FileSize.ShareUnderUsual,
            string.Create(
                CultureInfo.InvariantCulture,
                $"{share:P1} are under {FileSize.Usual} lines. Longer: {string.Join(", ", overlong)}"
            )
        );
    }
}
