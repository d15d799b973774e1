using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Comity.Node;
using Comity.Node.Commands;
using Comity.Node.Demo;

namespace Comity.System.Tests.Demonstration;

/// <summary>A random word goes through three real nodes; afterwards it stands in no file of any of them.</summary>
public sealed class CanaryTests
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task A_word_of_a_notification_is_in_no_file_of_any_node_on_SQLite()
    {
        using var ground = new Ground();
        await PlayAsync(ground, databases: null);
        ground.AssertNowhere();
        Assert.True(ground.HasSeenTheEnvelope("QN"), "The digest of the envelope is looked for in a wrong form.");
        Assert.False(ground.HasSeenTheEnvelope("QZ"), "The directory manager's node has seen the envelope.");
    }

    [Fact]
    public async Task A_word_of_a_notification_is_in_no_dump_and_no_file_on_PostgreSQL()
    {
        await using var databases = await FreshDatabases.MakeAsync(Needs.Postgres());
        var dump = Needs.Program("pg_dump", "postgres");
        using var ground = new Ground();
        await PlayAsync(ground, databases.ByCode);
        ground.AssertNowhere();
        foreach (var (code, connection) in databases.ByCode)
        {
            var octets = await FreshDatabases.DumpAsync(dump, connection);
            Assert.True(octets.Length > 10_000, "The dump is empty.");
            Assert.False(ground.IsIn(octets), "The word is in a dump.");
            Assert.Equal(code is not "QZ", ground.HoldsTheEnvelope(octets));
        }
    }

    private static async Task PlayAsync(Ground ground, IReadOnlyDictionary<string, string>? databases)
    {
        var ct = TestContext.Current.CancellationToken;
        var wish = new DemoWish(
            true,
            ground.Place,
            Path.Combine(AppContext.BaseDirectory, "Demo", "incident.stix.json"),
            databases
        );
        var narrator = new Narrator(json: true);
        await using var stage = await Stage.SetAsync(Rooms.Catalog, wish, narrator, ct);
        await narrator.PlayAsync(Scenes.All[0], stage, ct);
        Assert.True(narrator.EverythingVerified);
        var sent = await stage.Affected.Operator.PostJsonAsync("exchange/send", Notification(ground.Word), ct);
        var path = $"exchange/messages/{sent.Text("id")}";
        var opened = await stage.Affected.UntilAsync(
            path,
            m => m.Mark("QN/technical", "opened") is not null,
            Longest,
            ct
        );
        Assert.NotNull(opened.Mark("QN/technical", "opened"));
        var body = new JsonObject { ["message"] = sent.Text("id"), ["text"] = $"Seen by the desk: {ground.Word}" };
        await stage.Notified.Operator.PostJsonAsync("exchange/acknowledge", body, ct);
        var seen = await stage.Affected.UntilAsync(
            path,
            m => m.Mark("QN/technical", "acknowledged") is not null,
            Longest,
            ct
        );
        Assert.NotNull(seen.Mark("QN/technical", "acknowledged"));
        // It did arrive: a canary that never flew proves nothing.
        var read = await stage.Notified.Operator.GetJsonAsync(path, ct);
        Assert.Contains(ground.Word, read.ToJsonString(), StringComparison.Ordinal);
        ground.Envelope = read["verification"].Text("envelopeDigest");
    }

    private static JsonObject Notification(string word) =>
        new()
        {
            ["from"] = "QM/technical",
            ["to"] = Json.Array(["QN/technical"]),
            ["message"] = new JsonObject
            {
                ["kind"] = "notification",
                ["language"] = "en",
                ["tlp"] = "RED",
                ["fields"] = new JsonObject
                {
                    ["relation"] = "may-affect-you",
                    ["seen"] = $"The word is {word}.",
                    ["criticalInfrastructure"] = "unknown",
                    ["asked"] = Json.Array([$"Look for {word}."]),
                    ["goodFaith"] = true,
                },
            },
            ["attachments"] = new JsonArray(
                new JsonObject
                {
                    ["name"] = "log.txt",
                    ["mediaType"] = "text/plain",
                    ["content"] = Convert.ToBase64String(
                        Encoding.UTF8.GetBytes(string.Join('\n', Enumerable.Repeat(word, 20_000)))
                    ),
                }
            ),
        };

    /// <summary>Where the nodes keep their data and their temporary files, and the word.</summary>
    private sealed class Ground : IDisposable
    {
        private readonly string _root = global::System.IO.Directory.CreateTempSubdirectory("comity-canary-").FullName;
        private readonly string? _temporary = Environment.GetEnvironmentVariable("TMPDIR");

        public Ground()
        {
            var temporary = Path.Combine(_root, "tmp");
            global::System.IO.Directory.CreateDirectory(temporary);
            Environment.SetEnvironmentVariable("TMPDIR", temporary);
        }

        public string Word { get; } = "canary" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(12));

        /// <summary>The digest of the envelope that carried it (<c>sha256:…</c>).</summary>
        public string Envelope { get; set; } = "";

        public string Place => Path.Combine(_root, "nodes");

        public bool IsIn(ReadOnlySpan<byte> octets) =>
            octets.IndexOf(Encoding.UTF8.GetBytes(Word)) >= 0
            || octets.IndexOf(Encoding.Unicode.GetBytes(Word)) >= 0
            || octets.IndexOf(Encoding.ASCII.GetBytes(Convert.ToHexStringLower(Encoding.UTF8.GetBytes(Word)))) >= 0
            || Base64(octets);

        // The word as base64 wherever it begins within three octets; without what its neighbours have a part in.
        private bool Base64(ReadOnlySpan<byte> octets)
        {
            for (var before = 0; before < 3; before++)
            {
                var text = Convert.ToBase64String(Encoding.UTF8.GetBytes(new string('-', before) + Word));
                if (octets.IndexOf(Encoding.ASCII.GetBytes(text[4..^4])) >= 0)
                    return true;
            }
            return false;
        }

        public bool HasSeenTheEnvelope(string node) =>
            Files(Path.Combine(Place, node)).Any(f => HoldsTheEnvelope(File.ReadAllBytes(f)));

        public bool HoldsTheEnvelope(ReadOnlySpan<byte> octets) =>
            octets.IndexOf(Encoding.ASCII.GetBytes(Envelope["sha256:".Length..])) >= 0;

        public void AssertNowhere()
        {
            var files = Files(_root);
            Assert.Contains(files, f => f.EndsWith("node.json", StringComparison.Ordinal));
            Assert.All(files, file => Assert.False(IsIn(File.ReadAllBytes(file)), $"The word is in {file}."));
        }

        // Pipes and sockets that killed processes left have no length, and reading them would wait for ever.
        private static List<string> Files(string folder) =>
            [
                .. global::System
                    .IO.Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
                    .Where(file => new FileInfo(file).Length > 0),
            ];

        public void Dispose()
        {
            Environment.SetEnvironmentVariable("TMPDIR", _temporary);
            global::System.IO.Directory.Delete(_root, recursive: true);
        }
    }
}
