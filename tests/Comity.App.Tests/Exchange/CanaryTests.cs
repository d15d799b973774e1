using System.Security.Cryptography;
using System.Text;
using Comity.Exchange.Sending;

namespace Comity.App.Tests.Exchange;

public sealed class CanaryTests
{
    [Fact]
    public async Task A_random_word_of_a_notification_and_its_attachment_is_in_no_file_of_either_node()
    {
        var word = "canary" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(12));
        var octets = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(word + "\n", 500)));
        await using var pair = await Pair.MakeAsync();
        var message = Pair.Notification($"We saw {word}.") with
        {
            Attachments = [new AttachmentDraft($"{word}.txt", "text/plain", octets)],
        };
        var accepted = await pair.DeliverAsync(message);
        Assert.Contains(
            word,
            (await Pair.MessageAsync(pair.Qn, accepted.Id))!.Attachments[0].Name,
            StringComparison.Ordinal
        );
        await pair.AcknowledgeAsync(accepted.Id);
        await Pair.CarryAsync(pair.Qn, pair.Qm);
        foreach (var node in new[] { pair.Qm, pair.Qn })
        foreach (var file in global::System.IO.Directory.EnumerateFiles(node.Folder, "*", SearchOption.AllDirectories))
        {
            var found = (await ReadAsync(file)).AsSpan();
            Assert.True(found.IndexOf(Encoding.UTF8.GetBytes(word)) < 0, Path.GetFileName(file));
            Assert.True(found.IndexOf(Encoding.Unicode.GetBytes(word)) < 0, Path.GetFileName(file));
        }
    }

    private static async Task<byte[]> ReadAsync(string file)
    {
        await using var open = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var all = new MemoryStream();
        await open.CopyToAsync(all);
        return all.ToArray();
    }
}
