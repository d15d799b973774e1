using System.Text.RegularExpressions;

namespace Comity.App.Tests.Architecture;

/// <summary>Every test that stands in the sources, of all test projects, by its fully qualified name.</summary>
internal static partial class WrittenTests
{
    public static IReadOnlySet<string> Names { get; } =
        House.Read(["tests"], ".cs").SelectMany(In).ToHashSet(StringComparer.Ordinal);

    /// <summary>The tests that a name may mean: <c>Namespace.Class.Method</c>, or <c>Class.Method</c> for short.</summary>
    public static IReadOnlyList<string> Meant(string name) =>
        [.. Names.Where(n => n == name || n.EndsWith($".{name}", StringComparison.Ordinal))];

    internal static IEnumerable<string> In(SourceText file)
    {
        var (space, type, isTest) = ("", "", false);
        foreach (var (_, line) in file.Lines)
        {
            if (Namespace().Match(line) is { Success: true } named)
                space = named.Groups["name"].Value;
            else if (Class().Match(line) is { Success: true } begun)
                type = begun.Groups["name"].Value;
            else if (line.TrimStart().StartsWith("[Fact", StringComparison.Ordinal))
                isTest = true;
            else if (line.TrimStart().StartsWith("[Theory", StringComparison.Ordinal))
                isTest = true;
            else if (isTest && Method().Match(line) is { Success: true } method)
            {
                isTest = false;
                yield return $"{space}.{type}.{method.Groups["name"].Value}";
            }
        }
    }

    [GeneratedRegex(@"^namespace (?<name>[\w.]+);", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Namespace();

    // At the margin: a class within a class holds no tests.
    [GeneratedRegex(@"^[\w ]*\bclass (?<name>\w+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Class();

    [GeneratedRegex(
        @"^ {4}(public|internal) (async )?(void|Task|ValueTask) (?<name>\w+)\(",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Method();
}
