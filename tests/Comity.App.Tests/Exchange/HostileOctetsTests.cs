using System.Text;
using Comity.Post;

namespace Comity.App.Tests.Exchange;

/// <summary>What a known node hands in and nobody's signature holds for.</summary>
public sealed class HostileOctetsTests
{
    [Fact]
    public async Task What_nobody_is_proven_to_have_sent_leaves_nothing_and_is_answered_by_no_error()
    {
        await using var pair = await Pair.MakeAsync();
        var message = Forging.Notification(pair.Qm, "QN/technical", "Seen.");
        var good = (await Forging.SealAsync(pair.Qm, pair.Qn, message)).ToArray();
        var before = await Pair.RowsAsync(pair.Qn);

        foreach (var octets in Damaged(good))
        {
            Assert.IsType<Reception.Refused>(await Pair.HandInAsync(pair.Qm, pair.Qn, octets));
        }

        Assert.Equal(before, await Pair.RowsAsync(pair.Qn));
        Assert.Empty(await Pair.WaitingAsync(pair.Qn));
        Assert.Empty((await Pair.DeskAsync(pair.Qn)).Alarms);
        Assert.IsType<Reception.Accepted>(await Pair.HandInAsync(pair.Qm, pair.Qn, good));
    }

    /// <summary>Cut, with one letter of its armour exchanged, without a line, twice in one, and nothing of the kind.</summary>
    private static IEnumerable<byte[]> Damaged(byte[] good)
    {
        var text = Encoding.ASCII.GetString(good);
        var start = text.IndexOf("-----BEGIN", StringComparison.Ordinal) + 40;
        var end = text.IndexOf("\r\n-----END", StringComparison.Ordinal);
        for (var i = 1; i < 20; i++)
        {
            yield return good[..(good.Length * i / 21)];
            var at = start + ((end - start) * i / 20);
            while (!char.IsAsciiLetter((char)good[at]))
            {
                at++;
            }

            var changed = good.ToArray();
            changed[at] = (byte)(changed[at] == 'A' ? 'B' : 'A');
            yield return changed;
            var line = text.IndexOf("\r\n", start + (i * 70), StringComparison.Ordinal);
            yield return Encoding.ASCII.GetBytes(text.Remove(line, 66));
        }

        yield return [.. good, .. good];
        yield return [];
        yield return "From: technical@qm.example\r\n\r\n"u8.ToArray();
        yield return new byte[4096];
    }
}
