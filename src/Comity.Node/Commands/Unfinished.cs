using Comity.Kernel.Hosting;

namespace Comity.Node.Commands;

/// <summary>
/// The sign in a data folder that a node is being put there. It is laid first and taken away last, so it stays where
/// whoever did it was killed; while it stands, nothing works on the folder but the same command again.
/// </summary>
internal static class Unfinished
{
    public const string Init = "init";
    public const string Restore = "restore";

    /// <summary>What was begun, and what has to be known to go on; null where nothing is open.</summary>
    public static (string What, string Note)? In(string folder)
    {
        var path = Sign(folder);
        if (!File.Exists(path))
            return null;
        var lines = File.ReadAllLines(path);
        return (lines.FirstOrDefault() ?? "", lines.Skip(1).FirstOrDefault() ?? "");
    }

    public static void Begin(string folder, string what, string note = "") =>
        PrivateFile.Replace(Sign(folder), $"{what}\n{note}\n");

    public static void End(string folder) => File.Delete(Sign(folder));

    /// <exception cref="CommandException">Something is open, and what to do about it.</exception>
    public static void Refuse(string folder)
    {
        if (In(folder) is not var (what, _))
            return;
        throw new CommandException(
            what == Restore
                ? $"Restoring into {folder} was broken off before its end. Nothing was started: remove the folder, empty its "
                    + "database where that is PostgreSQL, and restore again."
                : $"Making the node in {folder} was broken off before its end. Nothing was started: run the same "
                    + "`comity init` again, it goes on from there."
        );
    }

    private static string Sign(string folder) => Path.Combine(folder, "unfinished");
}
