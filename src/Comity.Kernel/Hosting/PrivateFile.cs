namespace Comity.Kernel.Hosting;

/// <summary>Files for the eyes of their owner only: keys, passwords.</summary>
public static class PrivateFile
{
    /// <summary>Writes a new file.</summary>
    /// <exception cref="IOException">There is a file of that name already; it is left as it is.</exception>
    public static void Create(string path, string text) => Write(path, text, FileMode.CreateNew);

    /// <summary>Writes a file, over the one that may be there.</summary>
    public static void Replace(string path, string text) => Write(path, text, FileMode.Create);

    /// <summary>Makes a folder that only its owner can enter; one that is there is closed to others.</summary>
    public static void Folder(string path)
    {
        Directory.CreateDirectory(path);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private static void Write(string path, string text, FileMode mode)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var file = new StreamWriter(path, options);
        file.Write(text);
    }
}
