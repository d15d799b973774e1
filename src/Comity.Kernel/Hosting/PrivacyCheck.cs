using Comity.Kernel.Data;

namespace Comity.Kernel.Hosting;

/// <summary>Whether other users of the machine can look into the folder, the master key, or the settings.</summary>
public sealed class PrivacyCheck(NodeOptions options) : ICheck
{
    private const UnixFileMode Others = UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;
    private const UnixFileMode Group = UnixFileMode.GroupRead | UnixFileMode.GroupWrite;

    /// <summary>The first of them that is open to everybody on the machine; null where none is.</summary>
    public string? Open() => First(Others);

    public Task<IReadOnlyList<CheckLine>> LookAsync(AppDb db, CancellationToken ct) =>
        Task.FromResult<IReadOnlyList<CheckLine>>([Line()]);

    private CheckLine Line()
    {
        const string Name = "kernel.private-files";
        if (Open() is { } open)
            return new(
                Name,
                CheckState.Fail,
                $"{open} can be read by other users of this machine.",
                $"Run: chmod o= {open}"
            );
        if (First(Group) is { } group)
            return new(Name, CheckState.Warn, $"{group} can be read by its group.", "Only this node's user needs it.");
        return new(Name, CheckState.Ok, "Folder, master key and settings are closed to other users.", null);
    }

    private string? First(UnixFileMode forbidden)
    {
        if (OperatingSystem.IsWindows())
            return null;
        string[] paths =
        [
            options.DataFolder,
            options.MasterKeyPath,
            Path.Combine(options.DataFolder, NodeOptions.FileName),
            .. options.CertificateKeyFile is { } key ? [key] : Array.Empty<string>(),
        ];
        foreach (var path in paths.Where(Path.Exists))
            if ((File.GetUnixFileMode(path) & forbidden) != UnixFileMode.None)
                return path;
        return null;
    }
}
