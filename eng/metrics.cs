// `./comity metrics`: how long the files are, area by area, against the house rules (docs/architecture.md, "Sizes").
using System.Globalization;

var sizes = FileSize.Measure(Repository.Here());
Console.WriteLine("files  lines  median  95 %  longest  under 200  area");
foreach (var area in sizes.GroupBy(s => Area(s.Name)).OrderBy(g => g.Key, StringComparer.Ordinal))
{
    Row(area.Key, [.. area]);
}

Row("all", sizes);
var faults = sizes.Where(s => s.Lines > s.Allowed).ToList();
Console.WriteLine();
Console.WriteLine(
    $"use cases: {sizes.Count(s => s.IsUseCase)}, longest {sizes.Where(s => s.IsUseCase).Select(s => s.Lines).DefaultIfEmpty().Max()} of {FileSize.UseCase - 1} lines"
);
foreach (var size in sizes.Where(s => s.Lines >= FileSize.Usual).OrderByDescending(s => s.Lines))
{
    Console.WriteLine($"{size.Lines, 5}  {size.Name}{(size.Lines > size.Allowed ? $"  over its {size.Allowed}" : "")}");
}

foreach (var fault in faults.Where(f => f.Lines < FileSize.Usual))
{
    Console.WriteLine($"{fault.Lines, 5}  {fault.Name}  over its {fault.Allowed}");
}

return faults.Count == 0 && FileSize.Share(sizes) >= FileSize.ShareUnderUsual ? 0 : 1;

static string Area(string name)
{
    var parts = name.Split('/');
    var depth = parts is ["src", "Libraries" or "Modules" or "Tools", ..] ? 3 : 2;
    return string.Join('/', parts[..Math.Min(depth, parts.Length - 1)]);
}

static void Row(string area, IReadOnlyList<FileSize> files)
{
    var lines = files.Select(f => f.Lines).Order().ToList();
    var share = FileSize.Share([.. files]);
    Console.WriteLine(
        string.Create(
            CultureInfo.InvariantCulture,
            $"{lines.Count, 5}  {lines.Sum(), 5}  {At(lines, 0.5), 6}  {At(lines, 0.95), 4}  {lines.DefaultIfEmpty().Max(), 7}  {share, 9:P0}  {area}"
        )
    );
}

static int At(List<int> sorted, double share) =>
    sorted.Count == 0 ? 0 : sorted[(int)Math.Min(sorted.Count - 1, share * sorted.Count)];
