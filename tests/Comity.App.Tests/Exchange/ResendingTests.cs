using System.Text.Json;
using Comity.Directory.Keys;
using Comity.Exchange.Acknowledging;
using Comity.Exchange.Data;
using Comity.Exchange.Reading;
using Comity.Exchange.Resending;
using Comity.Exchange.Sending;
using Comity.Kernel;
using Comity.Kernel.Modules;
using Comity.Kernel.Outcomes;
using Comity.Kernel.Sealing;
using Comity.Kernel.Viewing;
using Comity.Kernel.Work;
using Comity.Post;
using Comity.Protocol;
using Comity.Protocol.Messages;
using Microsoft.EntityFrameworkCore;

namespace Comity.App.Tests.Exchange;

/// <summary>A node is put back from a backup, and its peers send again and give back what came and went since.</summary>
public sealed class ResendingTests
{
    [Fact]
    public async Task What_came_and_went_after_the_backup_is_there_again_with_every_mark()
    {
        await using var pair = await Pair.MakeAsync();
        var first = await pair.DeliverAsync(Pair.Notification("Seen before the backup."));
        var backup = await pair.Qm.BackUpAsync();
        await LiveOnAsync(pair, first);
        var (before, there) = (await ShowAsync(pair.Qm), await ShowAsync(pair.Qn));

        await pair.Qm.RestoreAsync(backup);
        Assert.NotEqual(before, await ShowAsync(pair.Qm));
        await AskAsync(pair.Qm, pair.Qn);

        Assert.Equal(before, await ShowAsync(pair.Qm));
        Assert.Equal(there, await ShowAsync(pair.Qn));
    }

    [Fact]
    public async Task Asking_twice_changes_nothing_more()
    {
        await using var pair = await Pair.MakeAsync();
        var first = await pair.DeliverAsync(Pair.Notification("Seen before the backup."));
        var backup = await pair.Qm.BackUpAsync();
        await LiveOnAsync(pair, first);
        await pair.Qm.RestoreAsync(backup);
        await AskAsync(pair.Qm, pair.Qn);
        var (rows, there) = (await Pair.RowsAsync(pair.Qm), await Pair.RowsAsync(pair.Qn));

        pair.Qm.Clock.Advance(ResendRest.Between);
        pair.Qn.Clock.Advance(ResendRest.Between);
        await AskAsync(pair.Qm, pair.Qn);

        Assert.Equal(rows, await Pair.RowsAsync(pair.Qm));
        Assert.Equal(there, await Pair.RowsAsync(pair.Qn));
    }

    [Fact]
    public async Task What_cannot_be_given_back_at_this_moment_is_given_back_later()
    {
        await using var pair = await Pair.MakeAsync();
        await pair.DeliverAsync(Pair.Notification("Seen."));
        await using var db = pair.Qn.Open();
        var came = await db.Set<StoredMessage>().SingleAsync(m => !m.Sent);
        var work = new WorkItem(Guid.CreateVersion7(), GiveBack.WorkKind, came.Id.ToString(), DateTime.UnixEpoch);
        // As it is when somebody writes in the same conversation at the same moment.
        await db.Database.ExecuteSqlRawAsync(
            "CREATE TRIGGER busy BEFORE INSERT ON exchange_delivery BEGIN SELECT RAISE(ABORT, 'busy'); END"
        );
        Assert.NotNull((await pair.Qn.Handler(GiveBack.WorkKind).DoAsync(work, default)).NextDue);
        await db.Database.ExecuteSqlRawAsync("DROP TRIGGER busy");
        Assert.Null((await pair.Qn.Handler(GiveBack.WorkKind).DoAsync(work, default)).NextDue);
        Assert.True(await db.Set<StoredMessage>().AnyAsync(m => m.Sent && m.Kind == MessageKind.GivenBack));
    }

    [Fact]
    public async Task What_is_sent_after_the_restoration_goes_on_behind_what_was_given_back()
    {
        await using var pair = await Pair.MakeAsync();
        var first = await pair.DeliverAsync(Pair.Notification("Seen before the backup."));
        var backup = await pair.Qm.BackUpAsync();
        await LiveOnAsync(pair, first);
        await pair.Qm.RestoreAsync(backup);
        await AskAsync(pair.Qm, pair.Qn);

        await pair.DeliverAsync(Say(pair.Qm, pair.Qn, "update", first.Conversation, "After it."));

        var whole = await Pair.ConversationAsync(pair.Qn, first.Conversation);
        Assert.Empty(whole!.Forks);
        Assert.Empty(whole.Gaps);
    }

    [Fact]
    public async Task What_is_sealed_to_a_key_that_is_no_more_used_is_sealed_anew_for_whoever_asks()
    {
        await using var pair = await Pair.MakeAsync();
        var first = await pair.DeliverAsync(Pair.Notification("Seen before the backup."));
        var backup = await pair.Qm.BackUpAsync();
        await SayAsync(pair.Qn, pair.Qm, "information", first.Conversation, "Sealed to the key before.");
        var before = await ShowAsync(pair.Qm);
        await pair.Qm.RestoreAsync(backup);
        await NewKeyAsync(pair.Qm, pair.Qn);

        await AskAsync(pair.Qm, pair.Qn);

        Assert.Equal(before, await ShowAsync(pair.Qm));
    }

    [Fact]
    public async Task Nobody_but_the_node_of_the_participant_that_asks_is_sent_anything_again()
    {
        await using var pair = await Pair.MakeAsync();
        await pair.DeliverAsync(Pair.Notification("Seen."));
        var asked = new AskAgain(pair.Qm.Clock.GetUtcNow().UtcDateTime.AddHours(-1));
        await DoneAsync(pair.Qm, asked);
        var (_, request) = Assert.Single(await Pair.WaitingAsync(pair.Qm));
        await using var qp = await ExchangeNode.SetUpAsync("QP", pair.Qn.Clock.GetUtcNow());
        pair.Qn.Clock.Advance(TimeSpan.FromMinutes(2));
        await pair.Qn.LearnAsync(qp);

        var answer = await Pair.HandInAsync(qp, pair.Qn, request, ParcelRoute.Returns);

        Assert.Equal("resend-not-theirs", Assert.IsType<Reception.Refused>(answer).Reason);
        Assert.IsType<Reception.Accepted>(await Pair.HandInAsync(pair.Qm, pair.Qn, request, ParcelRoute.Returns));
        Assert.IsType<Reception.PutOff>(await Pair.HandInAsync(pair.Qm, pair.Qn, request, ParcelRoute.Returns));
    }

    [Fact]
    public async Task What_is_given_back_unasked_is_refused()
    {
        await using var pair = await Pair.MakeAsync();
        await pair.DeliverAsync(Pair.Notification("Seen."));
        var since = pair.Qn.Clock.GetUtcNow().UtcDateTime.AddHours(-2);
        await pair.Qn.WriteAsync(db =>
            db.EnqueueAsync(
                SendAgain.WorkKind,
                ReceiveResendRequest.KeyOf(pair.Qm.Technical.Participant, pair.Qn.Technical.Participant, since),
                since,
                pair.Qn.Clock,
                default
            )
        );
        await pair.Qn.WorkAsync(SendAgain.WorkKind);
        await GiveBackAsync(pair.Qn);
        var rows = await Pair.RowsAsync(pair.Qm);

        var answer = Assert.Single(await Pair.CarryAsync(pair.Qn, pair.Qm));

        Assert.Equal(TakeBack.NotAskedFor, Assert.IsType<Reception.Refused>(answer).Reason);
        Assert.Equal(rows, await Pair.RowsAsync(pair.Qm));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_our_office_did_not_sign_is_not_taken_back(bool withAStatementOfOurs)
    {
        await using var pair = await Pair.MakeAsync();
        var sent = await pair.DeliverAsync(Pair.Notification("Seen."));
        await DoneAsync(pair.Qm, new AskAgain(pair.Qm.Clock.GetUtcNow().UtcDateTime.AddHours(-1)));
        var said = Forging.Notification(pair.Qm, "QN/technical", "Never said.");
        var octets = MessageJson.Write(said);
        var statement = withAStatementOfOurs
            ? await StatementAsync(pair, sent.Id)
            : await Forging.StatementAsync(pair.Qn, said, Digest.Of(octets));
        var forged = Forging.Notification(pair.Qn, "QM/technical", "").In(said.OpenedBy) with
        {
            Kind = MessageKind.GivenBack,
            InReplyTo = new(said.Id, Digest.Of(octets)),
            Fields = new GivenBackFields(octets, statement),
        };
        var rows = await Pair.RowsAsync(pair.Qm);

        var answer = await Pair.HandInAsync(pair.Qn, pair.Qm, await Forging.SealAsync(pair.Qn, pair.Qm, forged));

        Assert.Equal(TakeBack.NotOurs, Assert.IsType<Reception.Refused>(answer).Reason);
        Assert.Equal(rows, await Pair.RowsAsync(pair.Qm));
    }

    // Both sides go on: in the conversation of the backup, in a new one of each, with an attachment, with an acknowledgement.
    private static async Task LiveOnAsync(Pair pair, MessageAccepted first)
    {
        await SayAsync(pair.Qn, pair.Qm, "information", first.Conversation, "We look.");
        await pair.AcknowledgeAsync(first.Id);
        Assert.All(await Pair.CarryAsync(pair.Qn, pair.Qm), a => Assert.IsType<Reception.Accepted>(a));
        await pair.DeliverAsync(Say(pair.Qm, pair.Qn, "update", first.Conversation, "More."));
        var file = new AttachmentDraft("seen.txt", "text/plain", "what was seen"u8.ToArray());
        await pair.DeliverAsync(Pair.Notification("A second matter.") with { Attachments = [file] });
        await SayAsync(pair.Qn, pair.Qm, "information", null, "A matter of ours.");
        var theirs = (await WholesAsync(pair.Qm)).First(c => c.Opener == "QN/technical");
        await pair.DeliverAsync(Say(pair.Qm, pair.Qn, "information", theirs.Conversation, "We have it."));
        pair.Qm.Clock.Advance(TimeSpan.FromMinutes(30));
        pair.Qn.Clock.Advance(TimeSpan.FromMinutes(30));
    }

    // The node that was put back asks; what goes from one to the other is carried until nothing is left.
    private static async Task AskAsync(ExchangeNode asking, ExchangeNode asked)
    {
        await DoneAsync(asking, new AskAgain(asking.Clock.GetUtcNow().UtcDateTime.AddHours(-2)));
        await Pair.CarryAsync(asking, asked);
        await asked.WorkAsync(SendAgain.WorkKind);
        await GiveBackAsync(asked);
        Assert.All(await Pair.CarryAsync(asked, asking), a => Assert.IsType<Reception.Accepted>(a));
        Assert.All(await Pair.CarryAsync(asking, asked), a => Assert.IsType<Reception.Accepted>(a));
    }

    private static async Task GiveBackAsync(ExchangeNode node)
    {
        node.Clock.Advance(TimeSpan.FromSeconds(10));
        await node.WorkAsync(GiveBack.WorkKind);
    }

    private static SendMessage Say(
        ExchangeNode from,
        ExchangeNode to,
        string kind,
        string? conversation,
        string text
    ) =>
        new(
            from.Technical.Value,
            [to.Technical.Value],
            null,
            new MessageDraft(
                kind,
                Conversation: conversation,
                Tlp: "AMBER",
                Fields: JsonSerializer.SerializeToElement(new { text })
            )
        );

    private static async Task SayAsync(
        ExchangeNode from,
        ExchangeNode to,
        string kind,
        string? conversation,
        string text
    )
    {
        var message = Say(from, to, kind, conversation, text);
        ExchangeNode.Done(
            await from.AskAsync<SendMessageHandler, Outcome<MessageAccepted>>(h => h.HandleAsync(message, default))
        );
        Assert.IsType<Reception.Accepted>(Assert.Single(await Pair.CarryAsync(from, to)));
    }

    private static async Task DoneAsync(ExchangeNode node, AskAgain request) =>
        ExchangeNode.Done(
            await node.AskAsync<AskAgainHandler, Outcome<AskedToResend>>(h => h.HandleAsync(request, default))
        );

    private static async Task NewKeyAsync(ExchangeNode of, ExchangeNode known)
    {
        var request = new CreateKey(of.Made.ParticipantKey, ExchangeNode.Passphrase, of.Technical.Value);
        ExchangeNode.Done(
            await of.AskAsync<CreateKeyHandler, Outcome<CreatedKey>>(h =>
                h.HandleAsync(request, Viewer.System("test"), default)
            )
        );
        known.Clock.Advance(TimeSpan.FromMinutes(2));
        await known.LearnAsync(of);
    }

    private static async Task<ReadOnlyMemory<byte>> StatementAsync(Pair pair, string message)
    {
        await using var db = pair.Qn.Open();
        var row = await db.Set<StoredMessage>().SingleAsync(m => m.MessageId == MessageId.Parse(message));
        var whole = await db.Set<Conversation>().SingleAsync(c => c.Id == row.ConversationRow);
        var key = await Conversations.KeyAsync(db, whole, default);
        return pair.Qn.Get<Vault>().Open(key, row.Arrival!.SealedStatement, row.StatementPurpose);
    }

    private static async Task<IReadOnlyList<ConversationView>> WholesAsync(ExchangeNode node)
    {
        var (lines, _) = await node.AskAsync<ConversationQuery, (IReadOnlyList<ConversationLine> Lines, bool More)>(q =>
            q.ListAsync(null, 1, default)
        );
        var wholes = new List<ConversationView>();
        foreach (var line in lines.OrderBy(l => l.Conversation, StringComparer.Ordinal))
            wholes.Add((await Pair.ConversationAsync(node, line.Id.ToString()))!);
        return wholes;
    }

    // Everything that people see, but for what giving back adds and for when our own clock saw it.
    private static async Task<string> ShowAsync(ExchangeNode node) =>
        string.Join(
            '\n',
            (await WholesAsync(node)).Select(whole =>
                $"{whole.Conversation} {whole.Opener} {whole.Exercise} {whole.Closed} {whole.Gaps.Count} {whole.Forks.Count}\n"
                + string.Join(
                    '\n',
                    whole
                        .Messages.Where(m => m.Kind != "given-back")
                        .OrderBy(m => m.Message, StringComparer.Ordinal)
                        .Select(Show)
                )
            )
        );

    private static string Show(MessageView message) =>
        $"{message.Digest} {message.Kind} {message.From} {message.Sent} {message.Created:O} {message.Fields} "
        + $"{string.Join(',', message.Attachments)} {message.Waiting} {message.NoEffect} "
        + string.Join(
            ' ',
            message.Recipients.Select(r =>
                $"{r.Office} {string.Join(',', r.Marks.Select(m => $"{m.Name}@{m.Theirs:O}/{m.Cause}/{m.AnswerExpectedBy:O}"))} "
                + string.Join(',', r.Receipts.Where(x => !x.Given).Select(x => $"{x.Office} {x.Level} {x.SignedAt:O}"))
            )
        );
}
