namespace Comity.App.Tests.Architecture;

/// <summary>A list that must not change by accident: the review shows every line that comes or goes.</summary>
internal static class ApprovedList
{
    /// <summary>Fails with the difference; the new list is then beside the approved one, to be taken over.</summary>
    public static void Holds(string name, IEnumerable<string> lines)
    {
        var file = $"tests/Comity.App.Tests/Architecture/{name}.approved.txt";
        var path = House.Repository.At(file);
        var now = lines.ToList();
        var approved = File.Exists(path)
            ? File.ReadAllLines(path).Where(l => l.Length > 0 && l[0] != '#').ToList()
            : [];
        var received = path.Replace(".approved.", ".received.", StringComparison.Ordinal);
        if (now.SequenceEqual(approved, StringComparer.Ordinal))
        {
            File.Delete(received);
            return;
        }
        File.WriteAllText(received, string.Concat(now.Select(l => l + "\n")));
        House.HasNone([
            .. now.Except(approved, StringComparer.Ordinal).Select(l => $"+ {l}"),
            .. approved.Except(now, StringComparer.Ordinal).Select(l => $"- {l}"),
            $"Look at each line; then the received file takes the place of {file}.",
        ]);
    }
}
