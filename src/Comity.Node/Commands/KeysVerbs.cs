using System.CommandLine;
using System.Text.Json.Nodes;

namespace Comity.Node.Commands;

/// <summary><c>comity keys</c>: the keys that this node holds.</summary>
internal static class KeysVerbs
{
    public const string WhenOthersSee =
        "The nodes of those with whom its offices correspond, and the directory manager, are told now and fetch it; everybody else "
        + "sees it within a quarter of an hour after that. Where a node is not reached, `directory show --entry` and `directory admit` help.";

    private const string UntilThen =
        "OTHERS DO NOT KNOW IT YET: until they see the entry, they refuse what the office signs with it; that waits here and is tried again by itself.";

    private static IEnumerable<string> NewlyNamed => [$"The entry names it. {WhenOthersSee}", UntilThen];

    public static Command Make(Verbs verbs) =>
        new("keys", "The keys that this node holds: list, create, export, import, revoke.")
        {
            List(verbs),
            Create(verbs),
            Export(verbs),
            Import(verbs),
            RevokeVerb.Make(verbs),
        };

    private static Command List(Verbs verbs)
    {
        var command = new Command("list", "Lists the keys with their purpose, standing and end.");
        command.SetAction(
            async (parsed, ct) =>
            {
                await using var node = await verbs.ConnectAsync(parsed, ct);
                var keys = (await node.GetJsonAsync("keys", ct)).AsArray();
                var lines = keys.Select(k =>
                    $"{k.Text("purpose"), -13} {k.Text("subject"), -24} {k.Text("standing"), -12} {k.Text("expires"), -21} {k.Text("fingerprint")}"
                );
                verbs.Terminal(parsed).Result(keys, lines);
                return CommandLine.Done;
            }
        );
        return command;
    }

    private static Command Create(Verbs verbs)
    {
        var office = new Option<string?>("--office") { Description = "The office, as QM/technical." };
        var purpose = new Option<string>("--purpose")
        {
            Description = "office, entry or node.",
            DefaultValueFactory = _ => "office",
        };
        var compromised = new Option<bool>("--compromised")
        {
            Description = "Somebody may hold the entry key or node key before: it is taken back for all time.",
        };
        var participant = new Option<string>("--participant-key")
        {
            Description = "The protected participant key, from its offline medium; used in memory only.",
            Required = true,
        };
        var passphrase = Passphrases.Option();
        var command = new Command("create", "Makes a new key; the one before is retired.")
        {
            office,
            purpose,
            compromised,
            participant,
            passphrase,
        };
        command.SetAction(
            (parsed, ct) =>
            {
                var body = new JsonObject
                {
                    ["office"] = parsed.GetValue(office),
                    ["purpose"] = parsed.GetValue(purpose),
                    ["compromised"] = parsed.GetValue(compromised),
                    ["participantKey"] = File.ReadAllText(parsed.GetValue(participant)!),
                    ["passphrase"] = Passphrases.Read(parsed.GetValue(passphrase), confirm: false),
                };
                return SendAsync(verbs, parsed, "keys", body, a => CreatedLines(a, parsed.GetValue(purpose)!), ct);
            }
        );
        return command;
    }

    /// <summary>Entry keys are vouched for in the entry itself, and a node key signs only when others can know it.</summary>
    public static IEnumerable<string> CreatedLines(JsonNode answer, string purpose) =>
        [
            $"The key of {answer.Text("office")} is now {answer.Text("fingerprint")}.",
            .. purpose is "entry" or "node" ? [] : NewlyNamed,
        ];

    private static Command Export(Verbs verbs)
    {
        var fingerprint = new Argument<string>("fingerprint") { Description = "Which key." };
        var passphrase = Passphrases.Option();
        var command = new Command("export", "Writes a private key to standard output, protected by a passphrase.")
        {
            fingerprint,
            passphrase,
        };
        command.SetAction(
            (parsed, ct) =>
            {
                var body = new JsonObject
                {
                    ["fingerprint"] = parsed.GetValue(fingerprint),
                    ["passphrase"] = Passphrases.Read(parsed.GetValue(passphrase), confirm: true),
                };
                return SendAsync(verbs, parsed, "keys/export", body, a => [a.Text("armoured")], ct);
            }
        );
        return command;
    }

    /// <param name="answer">Of the node.</param>
    /// <param name="named">Whether the entry was changed to name the key; else others know it already.</param>
    public static IEnumerable<string> ImportedLines(JsonNode answer, bool named) =>
        (bool?)answer["inUse"] is true
            ?
            [
                $"Taken in: {answer.Text("fingerprint")}. {answer.Text("office")} signs with it and is sealed to it from now on.",
                .. named ? NewlyNamed : [],
            ]
            :
            [
                $"Taken in: {answer.Text("fingerprint")}. It opens what was sealed to it; {answer.Text("office")} goes on with the key that it has.",
            ];

    private static Command Import(Verbs verbs)
    {
        var file = new Argument<string>("file")
        {
            Description = "A protected OpenPGP private key, as `keys export` or GnuPG writes it.",
        };
        var office = new Option<string>("--office")
        {
            Description = "The office that it is for, as QM/technical.",
            Required = true,
        };
        var passphrase = Passphrases.Option();
        var participant = new Option<string?>("--participant-key")
        {
            Description =
                "The protected participant key (same passphrase): the office uses the key from now on. Without it the key only opens what was sealed to it.",
        };
        var command = new Command("import", "Takes in a private key for an office.")
        {
            file,
            office,
            participant,
            passphrase,
        };
        command.SetAction(
            (parsed, ct) =>
            {
                var body = new JsonObject
                {
                    ["armoured"] = File.ReadAllText(parsed.GetValue(file)!),
                    ["office"] = parsed.GetValue(office),
                    ["participantKey"] = parsed.GetValue(participant) is { } held ? File.ReadAllText(held) : null,
                    ["passphrase"] = Passphrases.Read(parsed.GetValue(passphrase), confirm: false),
                };
                return SendAsync(
                    verbs,
                    parsed,
                    "keys/import",
                    body,
                    a => ImportedLines(a, named: parsed.GetValue(participant) is not null),
                    ct
                );
            }
        );
        return command;
    }

    public static async Task<int> SendAsync(
        Verbs verbs,
        ParseResult parsed,
        string path,
        JsonObject body,
        Func<JsonNode, IEnumerable<string>> lines,
        CancellationToken ct
    )
    {
        await using var node = await verbs.ConnectAsync(parsed, ct);
        var answer = await node.PostJsonAsync(path, body, ct);
        verbs.Terminal(parsed).Result(answer, lines(answer));
        return CommandLine.Done;
    }
}
