using Comity.Directory;
using Comity.Exchange.Data;
using Comity.Exchange.Receipts;
using Comity.Kernel;
using Comity.Kernel.Data;
using Comity.Kernel.Viewing;
using Comity.Kernel.Work;
using Comity.Kernel.Writing;
using Comity.Post;
using Comity.Protocol;
using Comity.Protocol.Signing;
using Microsoft.EntityFrameworkCore;

namespace Comity.Exchange.Resending;

/// <summary>
/// Asks an author's node for messages that did not come, although later ones did: after a few minutes, because what comes
/// out of order is there by then; and a few times more, ever more seldom.
/// </summary>
internal sealed class AskForGap(
    AppDbFactory databases,
    WriteGate gate,
    DirectoryQueries directory,
    NodeSigning node,
    NoticeLimit limit,
    PostCommands post,
    TimeProvider clock
) : IWorkHandler
{
    public const string WorkKind = "exchange.ask-for-gap";

    /// <summary>What is on its way gets this long.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>How long after each time it is asked once more; after the last it is not.</summary>
    public static readonly IReadOnlyList<TimeSpan> Pauses =
    [
        TimeSpan.FromHours(6),
        TimeSpan.FromDays(1),
        TimeSpan.FromDays(4),
    ];

    private static readonly TimeSpan Enough = TimeSpan.FromHours(1);
    private static readonly Viewer Asker = Viewer.System(WorkKind);

    public string Kind => WorkKind;

    public static string KeyOf(Guid conversation, OfficeName author) => $"{conversation:N} {author}";

    public async Task<WorkResult> DoAsync(WorkItem item, CancellationToken ct)
    {
        var key = item.Key.Split(' ');
        var (conversation, author) = (Guid.ParseExact(key[0], "N"), OfficeName.Parse(key[1]));
        await using var db = databases.Open(Asker);
        var missing = await Gaps.MissingAsync(db, conversation, author, ct);
        if (missing.Count == 0)
        {
            await gate.WriteAsync(
                Asker,
                (write, token) => Asked(write, conversation, author).ExecuteDeleteAsync(token),
                ct
            );
            return WorkResult.Done;
        }
        var before = await Asked(db, conversation, author)
            .AsNoTracking()
            .SingleOrDefaultAsync(g => g.Lowest == missing[0], ct);
        if (before is not null && before.Times > Pauses.Count)
            return WorkResult.Done;
        // An arrival may have brought it forward.
        if (before is not null && before.Latest + Pauses[before.Times - 1] is var due && due > clock.Utc())
            return WorkResult.Again(due);
        if (await directory.OfficeAsync(author, ct) is not { } card)
            return WorkResult.Done;
        if (!limit.TryTake(author.Participant))
            return WorkResult.Again(clock.Utc() + Enough);
        var whole = await db.Set<Conversation>().AsNoTracking().SingleAsync(c => c.Id == conversation, ct);
        await gate.WriteAsync(
            Asker,
            (write, token) => AskAsync(write, whole, author, missing, card.NodeUrl, token),
            ct
        );
        var times = before?.Times ?? 0;
        return times < Pauses.Count ? WorkResult.Again(clock.Utc() + Pauses[times]) : WorkResult.Done;
    }

    private async Task AskAsync(
        AppDb db,
        Conversation whole,
        OfficeName author,
        IReadOnlyList<int> missing,
        Uri address,
        CancellationToken ct
    )
    {
        var now = Instants.InMilliseconds(clock.Utc());
        var row = await Asked(db, whole.Id, author).SingleOrDefaultAsync(ct);
        if (row is null)
            db.Add(row = new AskedGap(Ids.New(clock), whole, author));
        row.Ask(missing[0], now);
        var says = new GapRequest
        {
            By = whole.Home,
            Of = author,
            Conversation = whole.ConversationId,
            Places = missing,
            At = now,
        };
        if (await node.SignAsync(db, says, ct) is { } signed)
            await post.PostAsync(
                db,
                new NewParcel(ParcelSink.SinkName, ParcelSink.GapPrefix + row.Id, address, ParcelRoute.Returns, signed),
                ct
            );
    }

    private static IQueryable<AskedGap> Asked(AppDb db, Guid conversation, OfficeName author) =>
        db.Set<AskedGap>().Where(g => g.ConversationRow == conversation && g.Author == author);
}
