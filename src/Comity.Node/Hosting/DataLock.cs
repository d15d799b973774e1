namespace Comity.Node.Hosting;

/// <summary>
/// The exclusive lock of a data folder: one running node, or one command, never two writers. The operating system
/// releases it when the process ends, however it ends.
/// </summary>
internal sealed class DataLock : IDisposable
{
    private readonly FileStream _file;

    private DataLock(FileStream file) => _file = file;

    /// <summary>Null where another process holds it.</summary>
    public static DataLock? TryTake(string path)
    {
        try
        {
            return new DataLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException)
        {
            return null;
        }
    }

    public void Dispose() => _file.Dispose();
}
