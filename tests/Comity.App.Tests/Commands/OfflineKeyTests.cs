using System.Text.Json.Nodes;
using Comity.Kernel.Hosting;
using Comity.Node.Commands;

namespace Comity.App.Tests.Commands;

public sealed class OfflineKeyTests
{
    [Fact]
    public void Offline_keys_are_for_their_owner_only_and_are_never_overwritten()
    {
        var folder = Path.Combine(Path.GetTempPath(), $"comity-offline-{Guid.CreateVersion7():N}");
        var answer = new JsonObject
        {
            ["participant"] = "QM",
            ["participantKey"] = "the first",
            ["revocation"] = "r",
            ["directory"] = new JsonObject { ["rootKeys"] = new JsonArray("root") },
        };
        var options = new NodeOptions
        {
            DataFolder = Path.Combine(folder, "node"),
            BaseUrl = new Uri("https://node.qm.example/"),
            Listen = [],
        };
        var making = new NodeMaking(options, [], folder);
        try
        {
            NodeMaking.RefuseWhatIsThere(options, folder);
            var written = making.WriteOffline(answer);

            Assert.Equal(3, written.Count);
            if (!OperatingSystem.IsWindows())
            {
                var owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
                foreach (var path in written)
                    Assert.Equal(owner, File.GetUnixFileMode(path));
                Assert.Equal(owner | UnixFileMode.UserExecute, File.GetUnixFileMode(folder));
            }

            answer["participantKey"] = "the second";
            Assert.Throws<CommandException>(() => NodeMaking.RefuseWhatIsThere(options, folder));
            Assert.Throws<IOException>(() => making.WriteOffline(answer));
            Assert.Equal("the first", File.ReadAllText(written[0]));
        }
        finally
        {
            System.IO.Directory.Delete(folder, recursive: true);
        }
    }
}
