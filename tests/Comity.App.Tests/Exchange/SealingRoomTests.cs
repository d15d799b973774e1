using System.Security.Cryptography;
using Comity.Exchange.Data;
using Comity.Exchange.Sealing;
using Comity.Exchange.Sending;
using Microsoft.EntityFrameworkCore;

namespace Comity.App.Tests.Exchange;

public sealed class SealingRoomTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Long_messages_are_sealed_a_few_at_a_time_and_short_ones_do_not_wait_for_them()
    {
        using var room = new SealingRoom();
        var begun = 0;
        var end = new TaskCompletionSource();
        var sealing = Enumerable.Range(0, 10).Select(_ => room.InAsync(SealingRoom.Long, HoldAsync, Ct)).ToList();
        Assert.Equal((SealingRoom.Places, SealingRoom.Places), (begun, room.Taken));
        Assert.True(await room.InAsync(SealingRoom.Long - 1, () => Task.FromResult(true), Ct));
        end.SetResult();
        await Task.WhenAll(sealing);
        Assert.Equal((10, 0), (begun, room.Taken));

        async Task<bool> HoldAsync()
        {
            Interlocked.Increment(ref begun);
            await end.Task;
            return true;
        }
    }

    [Fact]
    public async Task What_has_a_long_attachment_waits_for_its_place_before_it_is_opened_to_be_sealed()
    {
        await using var pair = await Pair.MakeAsync();
        var file = new AttachmentDraft("image.bin", null, RandomNumberGenerator.GetBytes((int)SealingRoom.Long));
        await pair.SendAsync(Pair.Notification("Seen.") with { Attachments = [file] });
        var room = pair.Qm.Get<SealingRoom>();
        var leave = new TaskCompletionSource<bool>();
        var others = Enumerable
            .Range(0, SealingRoom.Places)
            .Select(_ => room.InAsync(SealingRoom.Long, () => leave.Task, Ct))
            .ToList();

        var work = Task.Run(() => pair.Qm.WorkAsync(Acceptance.SealWork), Ct);
        await Task.WhenAny(work, Task.Delay(TimeSpan.FromSeconds(1), Ct));
        Assert.False(await IsSealedAsync(pair));

        leave.SetResult(true);
        await Task.WhenAll([work, .. others]);
        Assert.True(await IsSealedAsync(pair));
    }

    private static async Task<bool> IsSealedAsync(Pair pair)
    {
        await using var db = pair.Qm.Open();
        return (await db.Set<Delivery>().AsNoTracking().SingleAsync(Ct)).SealedAt is not null;
    }
}
