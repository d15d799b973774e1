using Comity.Kernel.Hosting;
using Folder = System.IO.Directory;

namespace Comity.Directory.SettingUp;

/// <summary>
/// Writes the keys that are kept offline into the folder that a person named, before the node depends on them: a process
/// that ends in between leaves files that are worth nothing, and never a node whose participant key nobody has.
/// </summary>
internal static class OfflineKeys
{
    /// <exception cref="IOException">A file is there already and is not to be replaced; it is left as it is.</exception>
    public static NodeSetUp Write(NodeSetUp made, OfflinePlace place)
    {
        PrivateFile.Folder(place.Folder);
        if (place.Anew)
            Forget(place.Folder, made.Participant);
        var files = Files(made).ToDictionary(f => Path.Combine(place.Folder, f.Name), f => f.Text);
        foreach (var (path, text) in files)
            PrivateFile.Create(path, text);
        return made with
        {
            ParticipantKey = "",
            Revocation = "",
            Directory = made.Directory is { } directory ? directory with { RootKeys = [], RootRevocations = [] } : null,
            Offline = [.. files.Keys],
        };
    }

    // What an attempt left that was broken off before anything depended on it.
    private static void Forget(string folder, string code)
    {
        string[] names = [$"participant-{code}.*", $"participant-{code}-revocation.*", "directory-root-*"];
        foreach (var left in names.SelectMany(n => Folder.EnumerateFiles(folder, n)).ToList())
            File.Delete(left);
    }

    private static IEnumerable<(string Name, string Text)> Files(NodeSetUp made)
    {
        yield return ($"participant-{made.Participant}.asc", made.ParticipantKey);
        yield return ($"participant-{made.Participant}-revocation.base64", made.Revocation);
        for (var i = 0; i < made.Directory?.RootKeys.Count; i++)
            yield return (FormattableString.Invariant($"directory-root-{i + 1}.asc"), made.Directory.RootKeys[i]);
        for (var i = 0; i < made.Directory?.RootRevocations.Count; i++)
            yield return (
                FormattableString.Invariant($"directory-root-{i + 1}-revocation.base64"),
                made.Directory.RootRevocations[i]
            );
    }
}
