namespace Comity.Eng;

/// <summary>Files that a program writes and the repository keeps.</summary>
internal static class GeneratedFile
{
    /// <summary>Writes them, or compares and says which lines would change; 1 where that is asked for and something would.</summary>
    public static int Put(Repository repository, bool check, params (string Name, string Text)[] files)
    {
        var changed = 0;
        foreach (var (name, text) in files)
        {
            var path = repository.At(name);
            var now = File.Exists(path) ? File.ReadAllText(path) : "";
            if (now == text)
            {
                Console.WriteLine($"{name}: as it was");
                continue;
            }

            changed++;
            var (old, fresh) = (now.Split('\n'), text.Split('\n'));
            foreach (
                var line in old.Except(fresh)
                    .Select(l => "- " + l)
                    .Concat(fresh.Except(old).Select(l => "+ " + l))
                    .Take(20)
            )
            {
                Console.WriteLine(line);
            }

            Console.WriteLine($"{name}: {(check ? "would change" : "written")}");
            if (!check)
            {
                File.WriteAllText(path, text);
            }
        }

        return check && changed > 0 ? 1 : 0;
    }
}
