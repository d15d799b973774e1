using System.Text;

namespace Comity.Kernel.Hosting;

/// <summary>
/// Files for the eyes of their owner only: keys, passwords. Whenever the process or the machine ends, a file of that name
/// has all of its text or is not there.
/// </summary>
public static class PrivateFile
{
    private const string Unfinished = ".unfinished";

    /// <summary>Writes a new file.</summary>
    /// <exception cref="IOException">There is a file of that name already; it is left as it is.</exception>
    public static void Create(string path, string text) => Write(path, text, overwrite: false);

    /// <summary>Writes a file, over the one that may be there.</summary>
    public static void Replace(string path, string text) => Write(path, text, overwrite: true);

    /// <summary>Makes a folder that only its owner can enter; one that is there is closed to others.</summary>
    public static void Folder(string path)
    {
        Directory.CreateDirectory(path);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private static void Write(string path, string text, bool overwrite)
    {
        if (!overwrite && File.Exists(path))
            throw new IOException($"{path} is there already.");
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        File.Delete(path + Unfinished);
        using (var file = new FileStream(path + Unfinished, options))
        {
            file.Write(Encoding.UTF8.GetBytes(text));
            file.Flush(flushToDisk: true);
        }
        File.Move(path + Unfinished, path, overwrite);
    }
}
