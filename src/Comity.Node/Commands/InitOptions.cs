using System.CommandLine;
using System.Text.Json.Nodes;
using Comity.Kernel.Hosting;

namespace Comity.Node.Commands;

/// <summary>What <c>comity init</c> asks.</summary>
internal sealed class InitOptions
{
    public Option<string> Participant { get; } =
        new("--participant")
        {
            Description = "Short code of the participant, unique in its directory, as QM.",
            Required = true,
        };

    public Option<string> Name { get; } =
        new("--name") { Description = "Name of the participant in English.", Required = true };

    public Option<string> Url { get; } =
        new("--url")
        {
            Description = "Address under which other nodes reach this one, as https://node.example.",
            Required = true,
        };

    public Option<string[]> Listen { get; } =
        new("--listen") { Description = "Where the program listens, if not at --url (behind a proxy)." };

    public Option<string[]> Office { get; } =
        new("--office")
        {
            Description =
                "An office as NAME=MAILBOX (technical=cert@qm.example); its kind is its name, or NAME:KIND=MAILBOX.",
            Required = true,
        };

    public Option<bool> Manager { get; } =
        new("--manager") { Description = "This node also signs a directory that others follow." };

    public Option<int> RootKeys { get; } =
        new("--root-keys") { Description = "How many root keys the directory has.", DefaultValueFactory = _ => 3 };

    public Option<int> Threshold { get; } =
        new("--threshold") { Description = "How many of them must sign.", DefaultValueFactory = _ => 2 };

    public DatabaseOptions Database { get; } = new();

    public CertificateOptions Certificate { get; } = new();

    public Option<string?> MasterKey { get; } =
        new("--master-key")
        {
            Description = "The file with the master key, kept apart from backups; made where it is not there.",
        };

    public Option<string?> Offline { get; } =
        new("--offline")
        {
            Description = "Where the participant key and root keys are written, protected by the passphrase: a stick.",
        };

    public Option<string?> PassphraseFile { get; } = Passphrases.Option();

    public IEnumerable<Option> All =>
        [
            Participant,
            Name,
            Url,
            Listen,
            Office,
            Manager,
            RootKeys,
            Threshold,
            .. Database.All,
            .. Certificate.All,
            MasterKey,
            Offline,
            PassphraseFile,
        ];

    public NodeOptions Node(ParseResult parsed, string folder)
    {
        var url = new Uri(parsed.GetValue(Url)!);
        var node = new NodeOptions
        {
            DataFolder = folder,
            BaseUrl = url,
            Listen = parsed.GetValue(Listen) is { Length: > 0 } given ? given : [url.GetLeftPart(UriPartial.Authority)],
            Database = Database.Read(parsed),
            MasterKeyFile = parsed.GetValue(MasterKey),
        };
        return Certificate.Read(parsed, node);
    }

    public JsonObject Setup(ParseResult parsed, string passphrase)
    {
        var setup = new JsonObject
        {
            ["participant"] = parsed.GetValue(Participant),
            ["names"] = new JsonObject { ["en"] = parsed.GetValue(Name) },
            ["offices"] = new JsonArray([.. parsed.GetValue(Office)!.Select(Read)]),
            ["manager"] = parsed.GetValue(Manager),
            ["passphrase"] = passphrase,
        };
        if (parsed.GetValue(Manager))
        {
            setup["rootKeys"] = parsed.GetValue(RootKeys);
            setup["rootThreshold"] = parsed.GetValue(Threshold);
        }
        return setup;
    }

    private static JsonNode Read(string office)
    {
        var (left, mail) = Split(office, '=');
        var (slug, kind) = Split(left, ':');
        if (mail.Length == 0)
            throw new CommandException(
                $"--office {office}: write NAME=MAILBOX, as technical=cert@qm.example. Nothing was done."
            );
        return new JsonObject
        {
            ["slug"] = slug,
            ["kind"] = kind.Length == 0 ? slug : kind,
            ["mail"] = mail,
        };
    }

    private static (string Left, string Right) Split(string text, char at)
    {
        var i = text.IndexOf(at, StringComparison.Ordinal);
        return i < 0 ? (text, "") : (text[..i], text[(i + 1)..]);
    }
}
