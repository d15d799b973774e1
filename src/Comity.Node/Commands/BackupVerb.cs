using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Comity.Node.Hosting;
using Comity.Node.Keeping;

namespace Comity.Node.Commands;

/// <summary><c>comity backup</c>: everything of a node in one file, while it runs.</summary>
internal static class BackupVerb
{
    public static Command Make(Verbs verbs)
    {
        var file = new Argument<string>("file") { Description = "The file to write, or a folder to write it into." };
        var command = new Command(
            "backup",
            "Writes everything of the node but its master key into one file, while it runs."
        )
        {
            file,
        };
        command.SetAction((parsed, ct) => BackUpAsync(verbs, parsed, parsed.GetValue(file)!, ct));
        return command;
    }

    private static async Task<int> BackUpAsync(Verbs verbs, ParseResult parsed, string file, CancellationToken ct)
    {
        var (options, terminal) = (verbs.Options(parsed), verbs.Terminal(parsed));
        var path = Path.GetFullPath(
            System.IO.Directory.Exists(file) ? Path.Combine(file, Name(options.BaseUrl)) : file
        );
        var backup = new Backup(options, NodeHost.Database(options), TimeProvider.System);
        var sheet = await backup.WriteAsync(path, terminal.Note, ct);
        await BackupFile.ReadAsync(path, into: null, ct);
        terminal.Result(
            new JsonObject
            {
                ["file"] = path,
                ["made"] = sheet.Made,
                ["node"] = $"{sheet.Node}",
                ["database"] = sheet.Database,
                ["octets"] = new FileInfo(path).Length,
            },
            $"{path}: everything that was accepted until {RestoreVerb.Time(sheet.Made)}; written, and read again.",
            "The master key is not in it. Keep a copy of that apart; without it the backup opens nothing."
        );
        return CommandLine.Done;
    }

    private static string Name(Uri node) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{node.Host}-{TimeProvider.System.GetUtcNow():yyyy-MM-dd'T'HHmmss'Z'}.comity"
        );
}
