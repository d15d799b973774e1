using Comity.Exchange.Data;
using Comity.Kernel;
using Comity.Kernel.Data;
using Comity.Kernel.Sealing;
using Comity.Protocol;
using Microsoft.EntityFrameworkCore;

namespace Comity.Exchange.Reading;

/// <summary>Conversations and their messages, opened in memory for a viewer who may see them.</summary>
internal sealed class ConversationQuery(AppDb db, ConversationOpener opener, Blobs blobs, TimeProvider clock)
{
    private const int LinesOfAPage = 50;

    /// <summary>A page of them, the newest first, and whether there are more.</summary>
    /// <param name="office">Of one office only, or of all that the viewer sees.</param>
    /// <param name="page">From 1.</param>
    public async Task<(IReadOnlyList<ConversationLine> Lines, bool More)> ListAsync(
        string? office,
        int page,
        CancellationToken ct
    )
    {
        var wholes = db.Set<Conversation>().AsNoTracking();
        if (!string.IsNullOrEmpty(office))
        {
            if (!OfficeName.TryParse(office, out var home))
                return ([], false);
            wholes = wholes.Where(c => c.Home == home);
        }
        var newest = await wholes
            .OrderByDescending(c => c.Latest)
            .ThenBy(c => c.Id)
            .Skip((Math.Clamp(page, 1, int.MaxValue / LinesOfAPage) - 1) * LinesOfAPage)
            .Take(LinesOfAPage + 1)
            .ToListAsync(ct);
        var now = clock.Utc();
        var opened = await opener.OpenAsync([.. newest.Take(LinesOfAPage)], ct);
        return ([.. opened.Select(o => Line(o, now))], newest.Count > LinesOfAPage);
    }

    /// <summary>By row or by shared id; null where there is none for this viewer.</summary>
    public async Task<ConversationView?> FindAsync(Guid id, CancellationToken ct)
    {
        if (await OpenAsync(id, ct) is not { } opened)
            return null;
        var view = ConversationViews.Of(opened, clock.Utc());
        if (view.Gaps.Count == 0)
            return view;
        var asked = await db.Set<AskedGap>()
            .AsNoTracking()
            .Where(g => g.ConversationRow == opened.Whole.Id)
            .ToDictionaryAsync(g => g.Author.Value, g => new GapAskedView(g.Times, g.Latest, g.Taken), ct);
        return view with { Gaps = [.. view.Gaps.Select(g => g with { Asked = asked.GetValueOrDefault(g.From) })] };
    }

    /// <summary>By row or by shared id; null where there is none for this viewer.</summary>
    public async Task<MessageView?> MessageAsync(Guid id, CancellationToken ct)
    {
        var row = await Lookup.Messages(db, id).FirstOrDefaultAsync(ct);
        if (row is null || await OpenAsync(row.ConversationRow, ct) is not { } opened)
            return null;
        return ConversationViews.Of(opened, opened.Rows.First(r => r.Stored.Id == row.Id), clock.Utc());
    }

    /// <summary>Octets of an attachment with its name and type; null where there is none for this viewer.</summary>
    public async Task<(AttachmentView View, byte[] Octets)?> AttachmentAsync(
        Guid message,
        int number,
        CancellationToken ct
    )
    {
        if (await MessageAsync(message, ct) is not { } view)
            return null;
        var stored = await db.Set<StoredAttachment>()
            .AsNoTracking()
            .SingleOrDefaultAsync(a => a.MessageRow == view.Id && a.Number == number, ct);
        if (stored is null)
            return null;
        return (view.Attachments[number - 1], await blobs.ReadAsync(db, stored.BlobId, ct));
    }

    /// <summary>An envelope as it travelled: ours to an office, or the one that came. Null where there is none (yet).</summary>
    public async Task<byte[]?> EnvelopeAsync(Guid message, string? to, CancellationToken ct)
    {
        var row = await Lookup.Messages(db, message).FirstOrDefaultAsync(ct);
        if (row is null)
            return null;
        if (row.Arrival is { } arrival)
            return await blobs.ReadAsync(db, arrival.EnvelopeBlob, ct);
        var sealedOnes = await db.Set<Delivery>()
            .AsNoTracking()
            .Where(d => d.MessageRow == row.Id && d.EnvelopeBlob != null)
            .ToListAsync(ct);
        var found = sealedOnes.Where(d => string.IsNullOrEmpty(to) || d.Office.Value == to).ToList();
        return found is [{ EnvelopeBlob: { } blob }] ? await blobs.ReadAsync(db, blob, ct) : null;
    }

    /// <summary>By row or by shared id, opened; null where there is none for this viewer.</summary>
    public async Task<OpenedConversation?> OpenAsync(Guid id, CancellationToken ct)
    {
        var whole = await Lookup.Conversations(db, id).FirstOrDefaultAsync(ct);
        return whole is null ? null : (await opener.OpenAsync([whole], ct))[0];
    }

    private static ConversationLine Line(OpenedConversation opened, DateTime now)
    {
        var whole = opened.Whole;
        var first = DeskLines
            .Waiting(opened, now)
            .Concat(DeskLines.Asked(opened))
            .MinBy(l => l.Due ?? DateTime.MaxValue);
        return new ConversationLine(
            whole.Id,
            whole.ConversationId.ToString(),
            whole.Home.Value,
            [.. whole.Others.Select(o => o.Value)],
            opened.First?.Message.Kind.Code() ?? "",
            opened.Title,
            opened.Rows.Count == 0 ? "" : opened.Rows.Max(r => r.Message.Tlp).Code(),
            whole.Exercise,
            opened.State.Closed ? "closed" : first?.Why ?? "quiet",
            first?.Due,
            opened.Rows.Count,
            whole.Opened,
            whole.Latest
        );
    }
}
