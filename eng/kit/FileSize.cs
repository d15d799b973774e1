using System.Text.RegularExpressions;

namespace Comity.Eng;

/// <summary>How long a source file is, and what the house allows.</summary>
/// <param name="IsUseCase">A file of a module whose <c>Handle</c> answers with an outcome: one use case, and nothing beside it.</param>
internal sealed partial record FileSize(string Name, int Lines, bool IsUseCase)
{
    public const int Usual = 200;
    public const int Most = 400;
    public const int UseCase = 120;
    public const int Program = 40;

    /// <summary>At least this share of the files is under <see cref="Usual"/> lines.</summary>
    public const double ShareUnderUsual = 0.95;

    private static readonly string[] Areas = ["src", "tests", "perf", "eng"];

    [GeneratedRegex(@"\bOutcome<.*> Handle(Async)?\(", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Handles();

    public int Allowed =>
        Path.GetFileName(Name) == "Program.cs" ? Program - 1
        : IsUseCase ? UseCase - 1
        : Most;

    /// <summary>What people wrote: no migrations, approved files or vectors.</summary>
    public static IReadOnlyList<FileSize> Measure(Repository repository) =>
        [
            .. Areas
                .SelectMany(a => repository.Files(a, ".cs", ".razor", ".css", ".js"))
                .Select(repository.Name)
                .Where(n => !n.Contains("/Migrations/", StringComparison.Ordinal))
                .Where(n => !n.Contains("/vectors/", StringComparison.Ordinal))
                .Where(n => !n.Contains(".approved.", StringComparison.Ordinal))
                .Select(n => Of(repository, n)),
        ];

    public static double Share(IReadOnlyCollection<FileSize> sizes) =>
        sizes.Count == 0 ? 1 : sizes.Count(s => s.Lines < Usual) / (double)sizes.Count;

    private static FileSize Of(Repository repository, string name)
    {
        var lines = File.ReadAllLines(repository.At(name));
        var useCase = name.StartsWith("src/Modules/", StringComparison.Ordinal) && lines.Any(l => Handles().IsMatch(l));
        return new FileSize(name, lines.Length, useCase);
    }
}
