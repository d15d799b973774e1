using System.Text.Json.Nodes;
using Comity.Node.Commands;

namespace Comity.System.Tests.Demonstration;

/// <summary>The verbs as people type them, on the nodes that the demonstration kept.</summary>
[Collection(nameof(DemonstrationRun))]
public sealed class CommandLineTests(DemonstrationRun run)
{
    [Fact]
    public async Task Both_sides_list_the_conversation_under_the_same_id()
    {
        var here = await run.ComityAsync("QM", "exchange", "list");
        var there = await run.ComityAsync("QN", "exchange", "list");
        Assert.StartsWith("conversation", here.Output, StringComparison.Ordinal);
        var id = there.Output.Split('\n')[1].Split(' ')[0];
        Assert.Contains(id, here.Output.Split('\n').Select(line => line.Split(' ')[0]));
        var shown = await run.ComityAsync("QM", "exchange", "show", id);
        Assert.Contains("acknowledged by a person there, by their clock", shown.Output, StringComparison.Ordinal);
        Assert.Contains("\"Receipt only; no agreement with the content", shown.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task States_are_listed_without_a_node_in_the_order_of_a_language()
    {
        var all = await run.ComityAsync("no-such-node", "directory", "states", "--language", "ru");
        var found = await run.ComityAsync("no-such-node", "directory", "states", "cote", "ivoire", "--json");
        var none = await run.ComityAsync("no-such-node", "directory", "states", "Atlantis");

        Assert.Equal(195, all.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.StartsWith("AU  AUS  036  ", all.Output, StringComparison.Ordinal);
        Assert.Equal("CI", JsonNode.Parse(found.Output)!["states"]![0].Text("alpha2"));
        Assert.Equal((CommandLine.Failed, 1), (none.Code, none.Output.Split('\n').Length - 1));
    }

    [Fact]
    public async Task People_ask_withdraw_and_close_at_the_command_line()
    {
        Task<Said> Send(string words, params string[] more) =>
            run.ComityAsync("QM", ["exchange", "send", .. words.Split(' '), .. more]);
        var asked = await Send(
            "--from QM/technical --to QN/technical --cc QZ/technical --tlp AMBER --json --kind clarification-request --priority immediate",
            "--question",
            "Is it an exercise of yours?"
        );
        Assert.True(asked.Code == 0, asked.Errors);
        var (id, conversation) = (
            JsonNode.Parse(asked.Output).Text("id"),
            JsonNode.Parse(asked.Output).Text("conversation")
        );
        var shown = (await run.ComityAsync("QM", "exchange", "show", id)).Output;
        Assert.Matches("to compare with the other recipients: ([0-9A-F]{4} ?){16}\n", shown);
        Assert.Contains("Is it an exercise of yours?", shown, StringComparison.Ordinal);
        Assert.Contains("may be said about it: withdrawal", shown, StringComparison.Ordinal);

        // Who sends, and to whom, follows from what is named.
        var back = await Send($"--kind withdrawal --about {id} --text", "Sent in error.");
        Assert.Contains("sealed apart to QN/technical, QZ/technical", back.Output, StringComparison.Ordinal);
        Assert.Equal(0, (await Send($"--kind closure --conversation {conversation} --text", "All is done.")).Code);
        var whole = (await run.ComityAsync("QM", "exchange", "show", conversation)).Output;
        Assert.Contains("CLOSED by the office that opened it", whole, StringComparison.Ordinal);
        Assert.Contains("WITHDRAWN by its author", whole, StringComparison.Ordinal);
        Assert.Contains("What has been sent stays with those who have it.", whole, StringComparison.Ordinal);
        var late = await Send(
            $"--kind clarification-request --conversation {conversation} --to QN/technical --question",
            "And this?"
        );
        Assert.NotEqual(0, late.Code);
        Assert.Contains("please open another one", late.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_root_keys_delegate_a_new_directory_key_and_the_snapshot_is_verified_offline()
    {
        var words = Path.Combine(run.Folder, "root-words");
        await File.WriteAllTextAsync(words, run.Told.Text("passphrase"), TestContext.Current.CancellationToken);
        string Root(int number) => Path.Combine(run.Folder, "QZ", "offline", $"directory-root-{number}.asc");
        var one = await run.ComityAsync(
            "QZ",
            "directory",
            "delegate",
            "--root-key",
            Root(1),
            "--passphrase-file",
            words
        );
        Assert.Equal(1, one.Code);
        string[] two =
        [
            "directory",
            "delegate",
            "--root-key",
            Root(1),
            "--root-key",
            Root(3),
            "--passphrase-file",
            words,
        ];
        Assert.Equal(0, (await run.ComityAsync("QZ", two)).Code);
        Assert.Equal(0, (await run.ComityAsync("QZ", "directory", "publish")).Code);
        var snapshot = Path.Combine(run.Folder, "snapshot");
        var written = (await run.ComityAsync("QZ", "directory", "show", "--snapshot")).Output;
        await File.WriteAllTextAsync(snapshot, written, TestContext.Current.CancellationToken);
        var managed = JsonNode.Parse((await run.ComityAsync("QZ", "directory", "show", "--json")).Output)!["managed"];
        var verified = await run.ComityAsync("QZ", "directory", "verify", snapshot, "--root", managed.Text("root"));
        Assert.True(verified.Code == 0, verified.Output + verified.Errors);
    }

    [Theory]
    [InlineData("exchange send --from QM/technical --to QN/technical --file no-such-file.json")]
    [InlineData("directory admit no-such-file")]
    [InlineData("evidence export 01a20509-aade-7000-8000-000000000000 --out /no-such-folder/evidence.json")]
    [InlineData("exchange show nonsense")]
    [InlineData("exchange acknowledge nonsense")]
    [InlineData("keys export 0000")]
    public async Task What_goes_wrong_is_told_in_a_sentence_and_to_a_program_as_json(string words)
    {
        var verb = words.Split(' ');
        var told = await run.ComityAsync("QM", verb);
        Assert.NotEqual(0, told.Code);
        Assert.StartsWith("comity: ", told.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", told.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("status 4", told.Errors, StringComparison.Ordinal);
        var problem = JsonNode.Parse((await run.ComityAsync("QM", [.. verb, "--json"])).Output)!["problem"];
        Assert.NotEqual("", problem.Text("sentence"));
    }

    [Fact]
    public async Task An_address_that_is_none_makes_no_node()
    {
        var words = Path.Combine(run.Folder, "words");
        await File.WriteAllTextAsync(words, "correct horse battery staple", TestContext.Current.CancellationToken);
        var folder = Path.Combine(run.Folder, "none");
        string[] wish = ["init", "--participant", "QX", "--name", "QX", "--office", "technical=a@qx.example"];
        var told = await Said.ByAsync([.. wish, "--url", "notaurl", "--data", folder, "--passphrase-file", words]);
        Assert.NotEqual(0, told.Code);
        Assert.DoesNotContain("   at ", told.Errors, StringComparison.Ordinal);
        Assert.False(global::System.IO.Directory.Exists(folder));
    }

    [Fact]
    public async Task HTTPS_without_a_certificate_is_refused_in_a_sentence_and_with_one_it_is_spoken()
    {
        var words = Path.Combine(run.Folder, "passphrase");
        await File.WriteAllTextAsync(words, "correct horse battery staple", TestContext.Current.CancellationToken);
        var folder = Path.Combine(run.Folder, "https");
        var address = $"https://localhost:{TlsNode.FreePort()}";
        string[] wish = ["init", "--participant", "QX", "--name", "QX", "--office", "technical=a@qx.example"];
        var made = await Said.ByAsync([.. wish, "--url", address, "--data", folder, "--passphrase-file", words]);
        Assert.Contains("Before it starts", made.Output, StringComparison.Ordinal);

        var refused = await Said.ByAsync(["serve", "--data", folder]);
        Assert.Equal(1, refused.Code);
        Assert.StartsWith("comity: Nothing was started", refused.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", refused.Errors, StringComparison.Ordinal);

        string[] wrong = ["serve", "--data", folder, "--certificate", words];
        Assert.Contains("no certificate with the key", (await Said.ByAsync(wrong)).Errors, StringComparison.Ordinal);

        await using var node = await TlsNode.StartAsync(folder);
        Assert.Equal(node.Serial, await TlsNode.SerialAtAsync(new Uri(address)));
    }

    [Fact]
    public async Task A_node_is_not_started_beside_its_keys()
    {
        var settings = Path.Combine(run.Folder, "QZ", "node.json");
        var before = await File.ReadAllTextAsync(settings, TestContext.Current.CancellationToken);
        var told = await run.ComityAsync("QZ", "serve", "--database", "Host=db.invalid");
        Assert.Equal(1, told.Code);
        Assert.Contains("Nothing was changed", told.Errors, StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllTextAsync(settings, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Without_its_master_key_the_doctor_says_which_file_is_missing()
    {
        var key = Path.Combine(run.Folder, "QZ", "master.key");
        File.Move(key, key + ".away");
        try
        {
            var told = await run.ComityAsync("QZ", "doctor");
            Assert.NotEqual(0, told.Code);
            Assert.Contains("master.key", told.Errors, StringComparison.Ordinal);
            Assert.DoesNotContain("   at ", told.Errors, StringComparison.Ordinal);
        }
        finally
        {
            File.Move(key + ".away", key);
        }
    }

    [Fact]
    public async Task A_name_that_is_left_out_is_kept_by_the_option_that_the_command_names()
    {
        var bundle = Path.Combine(AppContext.BaseDirectory, "Demo", "incident.stix.json");
        var message = Path.Combine(run.Folder, "message.json");
        const string Written = """
            {"kind":"notification","language":"en","tlp":"AMBER","fields":{"relation":"may-affect-you",
             "seen":"Seen here too.","criticalInfrastructure":"unknown","goodFaith":true}}
            """;
        await File.WriteAllTextAsync(message, Written, TestContext.Current.CancellationToken);
        string[] send = ["exchange", "send", "--from", "QM/technical", "--to", "QN/technical", "--file", message];
        var first = await run.ComityAsync("QM", [.. send, "--stix", bundle]);
        Assert.Equal(0, first.Code);
        var ids = first.Output.Split('\n').Where(l => l.Contains("left out", StringComparison.Ordinal)).Select(Option);
        var again = await run.ComityAsync(
            "QM",
            [.. send, "--stix", bundle, .. ids.Distinct().SelectMany(id => new[] { "--include-name", id })]
        );
        Assert.Equal(0, again.Code);
        Assert.DoesNotContain("left out", again.Output, StringComparison.Ordinal);
    }

    private static string Option(string line) =>
        line[(line.IndexOf("--include-name ", StringComparison.Ordinal) + "--include-name ".Length)..]
            .TrimEnd(')', '\r');
}
