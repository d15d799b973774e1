using System.Data.Common;
using Comity.Exchange.Reading;
using Comity.Exchange.Sending;
using Comity.Post;
using Microsoft.EntityFrameworkCore;

namespace Comity.App.Tests.Exchange;

/// <summary>
/// What nobody may be told before it is durable. A rule that is judged only at the commit stands in for the disk that is
/// full at the last moment: every statement before it went well.
/// </summary>
public sealed class CommittingTests
{
    [Fact]
    public async Task Nobody_is_told_accepted_where_the_message_could_not_be_committed()
    {
        await using var pair = await Pair.MakeAsync();
        await FailAtCommitAsync(pair.Qm, "exchange_message");
        await Assert.ThrowsAnyAsync<DbException>(() => pair.TrySendAsync(Pair.Notification("Seen.")));
        Assert.All(await Pair.RowsAsync(pair.Qm), count => Assert.Equal(0, count));
        Assert.Empty(await Pair.WaitingAsync(pair.Qm));

        await MendAsync(pair.Qm);
        await pair.DeliverAsync(Pair.Notification("Seen."));
    }

    [Fact]
    public async Task No_receipt_is_given_where_the_message_could_not_be_committed()
    {
        await using var pair = await Pair.MakeAsync();
        var accepted = await pair.SendAsync(Pair.Notification("Seen."));
        await pair.Qm.WorkAsync(Acceptance.SealWork);
        var (parcel, octets) = Assert.Single(await Pair.WaitingAsync(pair.Qm));
        await FailAtCommitAsync(pair.Qn, "exchange_receipt");
        await Assert.ThrowsAnyAsync<DbException>(() => Pair.HandInAsync(pair.Qm, pair.Qn, octets));
        Assert.All(await Pair.RowsAsync(pair.Qn), count => Assert.Equal(0, count));

        await MendAsync(pair.Qn);
        var answer = await Pair.HandInAsync(pair.Qm, pair.Qn, octets);
        Assert.IsType<Reception.Accepted>(answer);
        await Pair.SettleAsync(pair.Qm, parcel, answer);
        var sent = await Pair.MessageAsync(pair.Qm, accepted.Id);
        Assert.Contains(sent!.Recipients[0].Marks, m => m.Name == MarkNames.Opened);
    }

    private static Task FailAtCommitAsync(ExchangeNode node, string table) =>
        TellAsync(
            node,
            $"""
            CREATE TABLE test_there (id INTEGER PRIMARY KEY);
            CREATE TABLE test_broken (id INTEGER REFERENCES test_there (id) DEFERRABLE INITIALLY DEFERRED);
            CREATE TRIGGER test_full AFTER INSERT ON {table} BEGIN INSERT INTO test_broken VALUES (1); END
            """
        );

    private static Task MendAsync(ExchangeNode node) => TellAsync(node, "DROP TRIGGER test_full");

    private static async Task TellAsync(ExchangeNode node, string statement)
    {
        await using var db = node.Open();
        await db.Database.ExecuteSqlRawAsync(statement);
    }
}
