using System.Text;
using System.Text.Json.Nodes;
using Comity.Node.Commands;

namespace Comity.System.Tests.Demonstration;

[Collection(nameof(DemonstrationRun))]
public sealed class DemonstrationTests(DemonstrationRun run)
{
    [Fact]
    public void Every_step_of_the_main_job_is_verified()
    {
        var broken = run.Told["scenes"]!
            .AsArray()
            .SelectMany(s => s!["facts"]!.AsArray())
            .Where(f => f!["holds"] is { } holds && !(bool)holds)
            .Select(f => f.Text("checked"));
        Assert.Empty(broken);
        Assert.Equal(7, run.Told["scenes"]!.AsArray().Count);
        Assert.True((bool)run.Told["verified"]!);
        Assert.Equal(0, run.ExitCode);
    }

    [Fact]
    public void Names_in_the_bundle_are_listed_and_left_out() =>
        Assert.Contains(
            run.Facts(2),
            f => f.Text("told").StartsWith("left out, not confirmed", StringComparison.Ordinal)
        );

    [Fact]
    public void An_update_sent_while_the_other_node_is_away_arrives_once() =>
        Assert.Contains(
            run.Facts(5),
            f => f.Text("checked").Equals("QN has it 1 time.", StringComparison.Ordinal) && (bool)f["holds"]!
        );

    [Fact]
    public void Four_hostile_envelopes_are_refused_with_four_reasons_inside_and_one_answer_outside()
    {
        var checks = run.Facts(7).Select(f => f.Text("checked")).ToList();
        string[] reasons = ["wrong-signer", "replay-with-other-content", "signed-for-another-recipient", "to-differs"];
        Assert.All(
            reasons,
            reason => Assert.Contains(checks, c => c.EndsWith($"\"{reason}\"", StringComparison.Ordinal))
        );
        Assert.Contains(checks, c => c.Contains("403", StringComparison.Ordinal));
    }

    [Fact]
    public void Data_envelopes_evidence_and_trust_are_kept_where_they_were_asked_for()
    {
        Assert.All(["QM", "QN", "QZ"], node => Assert.True(File.Exists(Path.Combine(run.Folder, node, "comity.db"))));
        Assert.True(File.Exists(Path.Combine(run.Folder, "evidence.json")));
        Assert.True(File.Exists(Path.Combine(run.Folder, "trust.json")));
        var envelopes = global::System
            .IO.Directory.EnumerateFiles(run.Folder, "*.eml")
            .Select(Path.GetFileName)
            .ToList();
        Assert.Equal(7, envelopes.Count);
        Assert.Equal(4, envelopes.Count(name => name!.StartsWith("hostile-", StringComparison.Ordinal)));
    }

    /// <summary>Nobody is locked in: with the office's exported key, a program that we did not write reads the envelope.</summary>
    [Fact]
    public async Task GnuPG_opens_a_kept_envelope_with_the_exported_key_of_the_office()
    {
        using var gpg = new Gpg();
        var words = gpg.Put("passphrase", "correct horse battery staple"u8.ToArray());
        var keys = JsonNode.Parse((await run.ComityAsync("QN", "keys", "list", "--json")).Output)!.AsArray();
        var office = keys.First(k => k!.Text("subject").Equals("QN/technical", StringComparison.Ordinal))!;
        var armoured = (
            await run.ComityAsync("QN", "keys", "export", office.Text("fingerprint"), "--passphrase-file", words)
        ).Output;
        gpg.Run("--passphrase-file", words, "--import", gpg.Put("key.asc", Encoding.ASCII.GetBytes(armoured)));

        var kept = global::System
            .IO.Directory.EnumerateFiles(run.Folder, "notification-to-QN-technical-*.eml")
            .Single();
        var mail = await File.ReadAllTextAsync(kept, TestContext.Current.CancellationToken);
        var ciphertext = mail[mail.IndexOf("-----BEGIN PGP MESSAGE-----", StringComparison.Ordinal)..];
        var letter = gpg.Put(
            "letter.asc",
            Encoding.ASCII.GetBytes(ciphertext[..(ciphertext.IndexOf("\n--", 30, StringComparison.Ordinal))])
        );
        var said = gpg.Try("--passphrase-file", words, "--output", "clear", "--decrypt", letter).Said;
        Assert.Contains("DECRYPTION_OKAY", said, StringComparison.Ordinal);
        var clear = Encoding.UTF8.GetString(gpg.Get("clear"));
        Assert.Contains("application/vnd.comity.message+json", clear, StringComparison.Ordinal);
        Assert.Contains("application/vnd.comity.dispatch-statement+json", clear, StringComparison.Ordinal);
    }

    [Fact]
    public void Three_people_get_a_sign_in_link_each() =>
        Assert.Equal(
            3,
            run.Told["links"]!
                .AsArray()
                .Select(l => l.Text("link"))
                .Count(l =>
                    l.StartsWith("http://q", StringComparison.Ordinal)
                    && l.Contains("/sign-in/", StringComparison.Ordinal)
                )
        );
}
