using Comity.Directory;
using Comity.Directory.Data;
using Comity.Kernel;
using Comity.Protocol;

namespace Comity.App.Tests.Exchange;

public sealed class DeadDirectoryTests
{
    [Fact]
    public async Task A_dead_directory_says_nothing_about_how_fresh_another_one_is()
    {
        await using var node = await ExchangeNode.SetUpAsync("QM", new(2026, 5, 3, 2, 0, 0, TimeSpan.Zero));
        var now = node.Clock.GetUtcNow().UtcDateTime;
        await node.WriteAsync(db =>
        {
            foreach (var code in new[] { "QV", "QW" })
            {
                var url = new Uri($"https://{code.ToLowerInvariant()}.example/");
                var digest = Digest.Of(System.Text.Encoding.UTF8.GetBytes(code));
                var followed = new FollowedDirectory(
                    Ids.New(node.Clock),
                    url,
                    digest,
                    ParticipantCode.Parse(code),
                    now
                );
                if (code == "QV")
                    followed.Accepted(1, digest, now.AddDays(7), now);
                db.Add(followed);
            }
            return Task.CompletedTask;
        });
        var directory = node.Get<DirectoryQueries>();
        Assert.Equal(now, await directory.LastGoodPollAsync(ParticipantCode.Parse("QV"), default));
        Assert.Null(await directory.LastGoodPollAsync(ParticipantCode.Parse("QW"), default));
    }
}
