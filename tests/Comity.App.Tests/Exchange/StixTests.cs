using System.Text;
using System.Text.Json;
using Comity.Exchange.Reading;
using Comity.Exchange.Sending;
using Comity.Tests;

namespace Comity.App.Tests.Exchange;

public sealed class StixTests
{
    private const string Bundle = """
        {"type":"bundle","id":"bundle--5d0092c5-5f74-4287-9642-33f4c354e56d","objects":[
        {"type":"indicator","spec_version":"2.1","id":"indicator--8e2e2d2b-17d4-4cbf-938f-98ee46b3cd3f","created":"2026-04-01T00:00:00.000Z","modified":"2026-04-01T00:00:00.000Z","pattern":"[ipv4-addr:value = '192.0.2.7']","pattern_type":"stix","valid_from":"2026-04-01T00:00:00Z"},
        {"type":"indicator","spec_version":"2.1","id":"indicator--9e2e2d2b-17d4-4cbf-938f-98ee46b3cd3f","created":"2026-04-01T00:00:00.000Z","modified":"2026-04-01T00:00:00.000Z","pattern":"[file:hashes.'SHA-256' = 'aa','bb' NEAR]","pattern_type":"stix","valid_from":"2026-04-01T00:00:00Z"},
        {"type":"identity","spec_version":"2.1","id":"identity--733c5838-34d9-4fbf-949c-62aba761184c","created":"2026-04-01T00:00:00.000Z","modified":"2026-04-01T00:00:00.000Z","name":"Invented Works","identity_class":"organization"}
        ]}
        """;

    [Fact]
    public async Task Indicators_become_rows_names_are_left_out_and_what_is_not_understood_is_said()
    {
        await using var pair = await Pair.MakeAsync();
        var accepted = await pair.DeliverAsync(
            Pair.Notification("Seen.") with
            {
                Stix = Encoding.UTF8.GetBytes(Bundle),
            }
        );
        Assert.Equal(1, accepted.Indicators);
        Assert.Contains(accepted.NotUnderstood, n => n.Object.StartsWith("indicator--9e2e", StringComparison.Ordinal));
        Assert.Equal("Invented Works", Assert.Single(accepted.NamesLeftOut).Name);
        var there = await Pair.MessageAsync(pair.Qn, accepted.Id);
        var row = Assert.Single(there!.Fields.GetProperty("indicators").EnumerateArray());
        Assert.Equal("192.0.2.7", row.GetProperty("value").GetString());
        Assert.DoesNotContain("Invented Works", await BundleAtQnAsync(pair, accepted), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bundle_whose_names_are_confirmed_travels_byte_for_byte()
    {
        await using var pair = await Pair.MakeAsync();
        var accepted = await pair.DeliverAsync(
            Pair.Notification("Seen.") with
            {
                Stix = Encoding.UTF8.GetBytes(Bundle),
                IncludeNames = ["identity--733c5838-34d9-4fbf-949c-62aba761184c"],
            }
        );
        Assert.Empty(accepted.NamesLeftOut);
        Assert.Equal(Bundle, await BundleAtQnAsync(pair, accepted));
    }

    [Fact]
    public async Task A_name_of_the_bundle_in_the_text_is_refused_until_it_is_confirmed()
    {
        await using var pair = await Pair.MakeAsync();
        var message = Pair.Notification("Seen, it was Invented Works.") with { Stix = Encoding.UTF8.GetBytes(Bundle) };
        var outcome = await pair.TrySendAsync(message);
        Assert.Equal("message.fields.seen", Assert.Single(outcome.Problem!.Fields).Key);
        var confirmed = message with { IncludeNames = ["identity--733c5838-34d9-4fbf-949c-62aba761184c"] };
        Assert.True((await pair.TrySendAsync(confirmed)).IsDone);
    }

    [Theory]
    [InlineData("poisonivy.json")]
    [InlineData("apt1.json")]
    public async Task A_real_report_arrives_byte_for_byte_with_a_row_or_a_remark_for_every_indicator(string file)
    {
        var path = Path.Combine(Needs.RealData(), "stix", file);
        var octets = await File.ReadAllBytesAsync(path);
        var names = Stix.StixBundle.Read(octets).Bundle!.NamesFound.Select(n => n.NamingId).Distinct().ToList();
        await using var pair = await Pair.MakeAsync();
        var accepted = await pair.DeliverAsync(Pair.Notification("Seen.") with { Stix = octets, IncludeNames = names });
        var (_, there) = (
            await pair.Qn.AskAsync<ConversationQuery, (AttachmentView, byte[])?>(q =>
                q.AttachmentAsync(Guid.Parse(accepted.Id), 1, default)
            )
        )!.Value;
        Assert.Equal(octets, there);
        using var json = JsonDocument.Parse(octets);
        var said = accepted.NotUnderstood.Select(n => n.Object).ToHashSet();
        var rows = Stix.StixBundle.Read(octets).Bundle!.Indicators.Select(r => r.ObjectId).ToHashSet();
        foreach (var found in json.RootElement.GetProperty("objects").EnumerateArray())
            if (found.GetProperty("type").GetString() == "indicator")
                Assert.True(
                    rows.Contains(found.GetProperty("id").GetString()!)
                        || said.Contains(found.GetProperty("id").GetString()!)
                );
        Assert.True(accepted.Indicators > 0);
    }

    private static async Task<string> BundleAtQnAsync(Pair pair, MessageAccepted accepted)
    {
        var found = await pair.Qn.AskAsync<ConversationQuery, (AttachmentView, byte[])?>(q =>
            q.AttachmentAsync(Guid.Parse(accepted.Id), 1, default)
        );
        return Encoding.UTF8.GetString(found!.Value.Item2);
    }
}
