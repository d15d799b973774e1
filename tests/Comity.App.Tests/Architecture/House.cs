using Comity.Eng;

namespace Comity.App.Tests.Architecture;

/// <summary>The repository as the architecture tests see it: files as text, without building anything.</summary>
internal static class House
{
    public static Repository Repository { get; } = Repository.Here();

    /// <summary>Files under these folders with one of these extensions, each with its text; without migrations, which a program writes.</summary>
    public static IReadOnlyList<SourceText> Read(string[] folders, params ReadOnlySpan<string> extensions)
    {
        var found = new List<SourceText>();
        foreach (var folder in folders)
        {
            foreach (var path in Repository.Files(folder, extensions))
            {
                if (path.Contains("/Migrations/", StringComparison.Ordinal))
                    continue;
                found.Add(new SourceText(Repository.Name(path), File.ReadAllText(path)));
            }
        }

        return found;
    }

    /// <summary>One assertion for a whole list, so that a person sees everything that is to be mended at once.</summary>
    public static void HasNone(IEnumerable<string> faults)
    {
        var list = faults.ToList();
        Assert.True(list.Count == 0, $"{list.Count} to mend:\n{string.Join('\n', list)}");
    }
}

internal sealed record SourceText(string Name, string Text)
{
    public string FileName => Path.GetFileName(Name);

    public IEnumerable<(int Number, string Text)> Lines => Text.Split('\n').Select((l, i) => (i + 1, l.TrimEnd('\r')));

    public string At(int line) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Name}:{line}");
}
