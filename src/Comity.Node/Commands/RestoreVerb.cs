using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Comity.Node.Keeping;

namespace Comity.Node.Commands;

/// <summary><c>comity restore</c>: a node from a backup, on this machine or another.</summary>
internal static class RestoreVerb
{
    public static Command Make(Verbs verbs)
    {
        var file = new Argument<string>("file") { Description = "The backup." };
        var key = new Option<string?>("--master-key")
        {
            Description = "The file with the node's master key; it is copied.",
        };
        var check = new Option<bool>("--check")
        {
            Description = "Only look whether the backup is whole; restore nothing.",
        };
        var database = new DatabaseOptions();
        var command = new Command("restore", "Puts a node back from a backup, into an empty folder.")
        {
            file,
            key,
            check,
        };
        foreach (var option in database.All)
            command.Options.Add(option);
        command.SetAction(
            async (parsed, ct) =>
            {
                var (path, terminal) = (parsed.GetValue(file)!, verbs.Terminal(parsed));
                if (parsed.GetValue(check))
                {
                    var sheet = await BackupFile.ReadAsync(path, into: null, ct);
                    terminal.Result(Told(sheet), $"{path} is whole: {sheet.Node} as it was at {Time(sheet.Made)}.");
                    return CommandLine.Done;
                }
                if (parsed.GetValue(key) is not { } master)
                    throw new CommandException(
                        "Name the file with the master key: --master-key FILE. Nothing was restored."
                    );
                var folder = Path.GetFullPath(parsed.GetValue(verbs.DataFolder)!);
                var restoration = new Restoration(folder, master, database.Read(parsed));
                var (from, asked) = await restoration.FromAsync(path, verbs.Modules, ct);
                var told = Told(from);
                told["asks"] = asked["asks"]?.DeepClone();
                terminal.Result(told, Lines(from, folder, asked.Text("asks")));
                return CommandLine.Done;
            }
        );
        return command;
    }

    public static string Time(DateTime at) => at.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    private static IEnumerable<string> Old(BackupSheet sheet) =>
        TimeProvider.System.GetUtcNow().UtcDateTime - sheet.Made > Restoration.KeptByOthers
            ?
            [
                "OLDER THAN WHAT OTHERS KEEP: they can send again what came and went in the last thirty days, and nothing before.",
            ]
            : [];

    private static IEnumerable<string> Lines(BackupSheet sheet, string folder, string asks) =>
        [
            $"{folder}: {sheet.Node} as it was at {Time(sheet.Made)}.",
            .. Old(sheet),
            $"When it runs, it asks the {asks} other participants of its directories to send again what they sent since, and to "
                + "give back what it sent. `comity exchange resending` shows how far that is.",
            "The node that this was copied from must never run again: two that answer for one State would contradict each other.",
            $"Start it: ./comity serve --data {folder}",
        ];

    private static JsonObject Told(BackupSheet sheet) =>
        new()
        {
            ["made"] = sheet.Made,
            ["node"] = $"{sheet.Node}",
            ["database"] = sheet.Database,
        };
}
