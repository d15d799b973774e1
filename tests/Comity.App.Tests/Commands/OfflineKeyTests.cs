using Comity.Directory.SettingUp;
using Comity.Kernel.Hosting;
using Comity.Node.Commands;

namespace Comity.App.Tests.Commands;

public sealed class OfflineKeyTests : IDisposable
{
    private static readonly NodeSetUp Made = new(
        "QM",
        "F",
        "the first",
        "r",
        [],
        "ed25519:k",
        new("sha256:d", 1, ["root"], ["revoked"], "F", default)
    );

    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"comity-offline-{Guid.CreateVersion7():N}");

    [Fact]
    public void Offline_keys_are_for_their_owner_only_and_are_never_overwritten()
    {
        var options = Options();
        NodeMaking.RefuseWhatIsThere(options, _folder);
        var written = OfflineKeys.Write(Made, new(_folder)).Offline!;

        Assert.Equal(4, written.Count);
        if (!OperatingSystem.IsWindows())
        {
            var owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            foreach (var path in written)
                Assert.Equal(owner, File.GetUnixFileMode(path));
            Assert.Equal(owner | UnixFileMode.UserExecute, File.GetUnixFileMode(_folder));
        }

        Assert.Throws<CommandException>(() => NodeMaking.RefuseWhatIsThere(options, _folder));
        Assert.Throws<IOException>(() => OfflineKeys.Write(Second, new(_folder)));
        Assert.Equal("the first", File.ReadAllText(written[0]));
    }

    [Fact]
    public void What_is_in_the_files_is_not_in_the_answer()
    {
        var answer = OfflineKeys.Write(Made, new(_folder));
        Assert.Empty(answer.ParticipantKey + answer.Revocation);
        Assert.Empty(answer.Directory!.RootKeys.Concat(answer.Directory.RootRevocations));
    }

    [Fact]
    public void Keys_of_a_making_that_was_broken_off_are_replaced_and_nothing_else_is()
    {
        OfflineKeys.Write(Made, new(_folder));
        var stranger = Path.Combine(_folder, "participant-QN.asc");
        File.WriteAllText(stranger, "another's");
        var written = OfflineKeys.Write(Second, new(_folder, Anew: true)).Offline!;
        Assert.Equal("the second", File.ReadAllText(written[0]));
        Assert.Equal("another's", File.ReadAllText(stranger));
    }

    [Fact]
    public void A_folder_whose_making_was_broken_off_is_taken_by_init_and_by_nothing_else()
    {
        var options = Options();
        PrivateFile.Folder(options.DataFolder);
        Unfinished.Begin(options.DataFolder, Unfinished.Init, _folder);
        options.Save();
        OfflineKeys.Write(Made, new(_folder));
        NodeMaking.RefuseWhatIsThere(options, _folder);
        var refused = Assert.Throws<CommandException>(() => Unfinished.Refuse(options.DataFolder));
        Assert.Contains("comity init", refused.Message, StringComparison.Ordinal);

        Unfinished.Begin(options.DataFolder, Unfinished.Restore);
        refused = Assert.Throws<CommandException>(() => NodeMaking.RefuseWhatIsThere(options, _folder));
        Assert.Contains("restore again", refused.Message, StringComparison.Ordinal);

        Unfinished.End(options.DataFolder);
        Unfinished.Refuse(options.DataFolder);
        Assert.Throws<CommandException>(() => NodeMaking.RefuseWhatIsThere(options, _folder));
    }

    public void Dispose()
    {
        if (System.IO.Directory.Exists(_folder))
            System.IO.Directory.Delete(_folder, recursive: true);
    }

    private static NodeSetUp Second => Made with { ParticipantKey = "the second" };

    private NodeOptions Options() =>
        new()
        {
            DataFolder = Path.Combine(_folder, "node"),
            BaseUrl = new Uri("https://node.qm.example/"),
            Listen = [],
        };
}
