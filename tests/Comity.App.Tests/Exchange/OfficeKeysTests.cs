using System.Security.Cryptography;
using Comity.Kernel.Keys;
using Comity.OpenPgp;
using Microsoft.EntityFrameworkCore;

namespace Comity.App.Tests.Exchange;

public sealed class OfficeKeysTests
{
    [Fact]
    public async Task A_key_that_cannot_be_read_keeps_nothing_else_from_being_opened()
    {
        await using var pair = await Pair.MakeAsync();
        var made = pair.Qn.Clock.GetUtcNow().UtcDateTime.AddDays(-1);
        using var key = SecretKey.Create(
            KeyProfile.Office,
            "QN/policy <policy@qn.example>",
            made,
            TimeSpan.FromDays(30)
        );
        await pair.Qn.WriteAsync(db =>
        {
            var held = pair.Qn.Get<KeyStore>().Hold(key, KeyPurpose.Office, "QN/policy");
            held.Retire(made);
            db.Add(held);
            db.Entry(held).Property<byte[]>("SealedSecret").CurrentValue = RandomNumberGenerator.GetBytes(200);
            return Task.CompletedTask;
        });
        await pair.DeliverAsync(Pair.Notification("Seen."));
    }
}
