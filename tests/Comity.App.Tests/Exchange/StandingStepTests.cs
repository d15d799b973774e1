using Comity.Directory.Managing;
using Comity.Exchange;
using Comity.Exchange.Alarming;
using Comity.Exchange.Data;
using Comity.Exchange.Reading;
using Comity.Exchange.Sending;
using Comity.Exchange.Words;
using Comity.Kernel.Outcomes;
using Comity.Kernel.Viewing;
using Comity.Post;
using Comity.Protocol;
using Comity.Ui.Languages;

namespace Comity.App.Tests.Exchange;

/// <summary>
/// Every standing of a key at every step: admitted, addressed, waited for, told of, replaced; and of the key that signed,
/// when what it signed arrives. With the codes, and with the words that people read in each language.
/// </summary>
public sealed class StandingStepTests
{
    private static readonly Catalogs Words = new(typeof(ExchangeModule).Assembly);

    /// <summary>Standing; how it stands when something is sent; the cause; what our own people read of their key.</summary>
    public static TheoryData<string, string, string, string> Unsealable =>
        new()
        {
            { "expired", "expired", "key-expired", "The key of QN/technical ended on 5 May 2026" },
            { "revoked", "revoked", "key-revoked", "The key of QN/technical is revoked" },
            {
                "revoked-compromised",
                "revoked-compromised",
                "key-revoked-compromised",
                "The key of QN/technical is revoked"
            },
            { "signs-only", "missing", "key-signs-only", "The entry of QN/technical has no key" },
            { "missing", "missing", "key-missing", "The entry of QN/technical has no key" },
        };

    [Theory]
    [MemberData(nameof(Unsealable))]
    public async Task What_cannot_be_sealed_waits_is_said_on_both_sides_once_and_goes_when_there_is_a_key(
        string standing,
        string now,
        string cause,
        string ours
    )
    {
        await using var pair = await Pair.MakeAsync();
        await Standings.BringAsync(pair.Qn, standing);
        // Admitted whatever it is: a manager refuses nobody.
        await pair.Qm.LearnAsync(pair.Qn);
        Pass(pair, TimeSpan.FromDays(3));

        // Addressed: accepted, and said.
        var accepted = await pair.SendAsync(Pair.Notification("Seen."));
        var addressed = Assert.Single(accepted.Recipients);
        Assert.Equal((now, CauseWords.English(cause)), (addressed.KeyStanding, addressed.Waits));

        // Waits: on the desk with its cause, and nothing of it has left.
        await pair.Qm.WorkAsync(Acceptance.SealWork);
        var line = Assert.Single((await Pair.DeskAsync(pair.Qm)).Asked);
        Assert.Equal((DeskWhy.NotDelivered, cause), (line.Why, line.Cause));
        InEveryLanguage(CauseWords.Table[cause], texts => CauseWords.Of(texts, cause));
        var (notice, _) = Assert.Single(await Pair.WaitingAsync(pair.Qm));
        Assert.Equal(ParcelRoute.Returns, notice.Route);

        // Told of, once, without content.
        await Pair.CarryAsync(pair.Qm, pair.Qn);
        Pass(pair, TimeSpan.FromHours(1));
        Assert.Empty(await Pair.CarryAsync(pair.Qm, pair.Qn));
        await StandsOnTheirDeskAsync(pair.Qn, ours);

        // Replaced: sealed, delivered, and nothing is left to be done.
        await KeyNoticeTests.NewKeyAsync(pair.Qn);
        Pass(pair, TimeSpan.FromMinutes(2));
        await pair.Qm.LearnAsync(pair.Qn);
        Assert.IsType<Reception.Accepted>(Assert.Single(await Pair.CarryAsync(pair.Qm, pair.Qn)));
        var sent = await Pair.MessageAsync(pair.Qm, accepted.Id);
        Assert.Contains(sent!.Recipients[0].Marks, m => m.Name == MarkNames.Opened);
        Assert.DoesNotContain(sent.Recipients[0].Marks, m => m.Name == MarkNames.NotDelivered);
        var desk = await Pair.DeskAsync(pair.Qn);
        Assert.Empty(desk.Alarms);
        Assert.Empty(desk.Keys);
    }

    /// <summary>What happens to the signing key after it signed; how it stands on arrival; null where it is refused.</summary>
    public static TheoryData<string, string?> Signers =>
        new()
        {
            { "expired", "expired" },
            { "revoked", "revoked" },
            { "rolled-over", "revoked" },
            { "revoked-compromised", null },
        };

    [Theory]
    [MemberData(nameof(Signers))]
    public async Task What_was_signed_before_a_key_changed_is_taken_and_marked_unless_it_was_compromised(
        string change,
        string? marked
    )
    {
        await using var pair = await Pair.MakeAsync();
        var key = Standings.Office(pair.Qm, TimeSpan.FromDays(2));
        await Standings.ImportAsync(pair.Qm, key);
        Pass(pair, TimeSpan.FromMinutes(2));
        await pair.Qn.LearnAsync(pair.Qm);
        var accepted = await pair.SendAsync(Pair.Notification("Seen."));
        await pair.Qm.WorkAsync(Acceptance.SealWork);
        var (_, octets) = Assert.Single(await Pair.WaitingAsync(pair.Qm));

        Pass(pair, TimeSpan.FromHours(1));
        await (
            change switch
            {
                "expired" => Task.Run(() => Pass(pair, TimeSpan.FromDays(3))),
                "revoked" => Standings.RevokeAsync(pair.Qm, "superseded"),
                "rolled-over" => RollOverAsync(pair.Qm, key),
                _ => Standings.RevokeAsync(pair.Qm, "compromised"),
            }
        );
        Pass(pair, TimeSpan.FromMinutes(2));
        await pair.Qn.LearnAsync(pair.Qm);
        var answer = await Pair.HandInAsync(pair.Qm, pair.Qn, octets);

        if (marked is null)
        {
            Assert.Equal("signer-key-compromised", Assert.IsType<Reception.Refused>(answer).Reason);
            Assert.Null(await Pair.MessageAsync(pair.Qn, accepted.Id));
            return;
        }
        Assert.IsType<Reception.Accepted>(answer);
        var came = await Pair.MessageAsync(pair.Qn, accepted.Id);
        Assert.Equal(marked, came!.Verification!.SignerStanding);
    }

    [Fact]
    public async Task After_a_roll_over_the_new_key_signs_and_the_old_one_still_opens()
    {
        await using var pair = await Pair.MakeAsync();
        var key = Standings.Office(pair.Qn, TimeSpan.FromDays(300));
        await Standings.ImportAsync(pair.Qn, key);
        Pass(pair, TimeSpan.FromMinutes(2));
        await pair.Qm.LearnAsync(pair.Qn);
        await pair.SendAsync(Pair.Notification("Seen."));
        await pair.Qm.WorkAsync(Acceptance.SealWork);
        var (parcel, octets) = Assert.Single(await Pair.WaitingAsync(pair.Qm));
        await RollOverAsync(pair.Qn, key);

        await Pair.SettleAsync(pair.Qm, parcel, await Pair.HandInAsync(pair.Qm, pair.Qn, octets));

        Pass(pair, TimeSpan.FromMinutes(2));
        await pair.Qm.LearnAsync(pair.Qn);
        await pair.DeliverAsync(Pair.Notification("Seen again."));
    }

    [Fact]
    public async Task A_key_of_version_6_is_refused_in_words_when_an_entry_with_it_is_admitted_and_taken_in()
    {
        await using var pair = await Pair.MakeAsync();
        var entry = await Standings.EntryWithAsync(pair.Qn, Standings.Version6);
        var admit = new AdmitEntry(Convert.ToBase64String(entry));

        var refused = await pair.Qm.AskAsync<AdmitEntryHandler, Outcome<Admitted>>(h =>
            h.HandleAsync(admit, Viewer.System("test"), default)
        );

        Assert.Equal("directory.entry-key-refused", refused.Problem?.Code);
        Assert.Contains("version 6", refused.Problem?.Text, StringComparison.Ordinal);
    }

    private static async Task StandsOnTheirDeskAsync(ExchangeNode node, string ours)
    {
        var desk = await Pair.DeskAsync(node);
        var alarm = Assert.Single(desk.Alarms);
        Assert.Equal(("waiting-for-key", "QM/technical", true), (alarm.Code, alarm.Other, alarm.Told));
        Assert.Null(alarm.Message);
        Assert.Null(alarm.EnvelopeDigest);
        var card = Assert.Single(desk.Keys);
        var english = Words.For(Language.English);
        Assert.Equal(
            "QM/technical has something for QN/technical and cannot seal it",
            AlarmWords.Headline(english, alarm)
        );
        var reason = AlarmWords.Reason(english, alarm, card);
        Assert.StartsWith(ours, reason, StringComparison.Ordinal);
        Assert.EndsWith("Make a new key; it comes by itself then.", reason, StringComparison.Ordinal);
        Assert.Equal(
            "comity keys create --office QN/technical --participant-key FILE",
            AlarmWords.Command(alarm, card)
        );
        InEveryLanguage(reason, texts => AlarmWords.Reason(texts, alarm, card));
        InEveryLanguage(AlarmWords.Headline(english, alarm), texts => AlarmWords.Headline(texts, alarm));
    }

    // The same in six languages, and nowhere the English words in the place of others.
    private static void InEveryLanguage(string english, Func<Texts, string> say)
    {
        var said = Language.All.Select(l => say(Words.For(l))).ToList();
        Assert.Equal(6, said.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(english, say(Words.For(Language.English)));
    }

    // A new signing subkey under the same primary key; the one before is superseded.
    private static Task RollOverAsync(ExchangeNode node, OpenPgp.SecretKey key) =>
        Standings.ImportAsync(node, key.WithNewSigningKey(node.Clock.GetUtcNow().UtcDateTime, TimeSpan.FromDays(200)));

    private static void Pass(Pair pair, TimeSpan time)
    {
        pair.Qm.Clock.Advance(time);
        pair.Qn.Clock.Advance(time);
    }
}
