using System.Buffers.Text;
using System.Security.Cryptography;
using Comity.Accounts.Data;
using Comity.Kernel;
using Comity.Kernel.Sealing;
using Comity.Kernel.Viewing;
using Comity.Kernel.Writing;
using Microsoft.Extensions.DependencyInjection;

namespace Comity.App.Tests.Accounts;

/// <summary>Another link for a person who has one already.</summary>
internal static class SecondLink
{
    public static async Task<string> MakeAsync(TestNode node, Guid person)
    {
        var secret = RandomNumberGenerator.GetBytes(24);
        var clock = node.Services.GetRequiredService<TimeProvider>();
        var token = node.Services.GetRequiredService<Vault>().Token(secret);
        var link = new Invitation(Ids.New(clock), person, token, clock.Utc(), clock.Utc() + TimeSpan.FromHours(1));
        await node
            .Services.GetRequiredService<WriteGate>()
            .WriteAsync(
                Viewer.System("test"),
                (db, _) => Task.FromResult(db.Add(link).State),
                TestContext.Current.CancellationToken
            );
        return "/sign-in/" + Base64Url.EncodeToString(secret);
    }
}
