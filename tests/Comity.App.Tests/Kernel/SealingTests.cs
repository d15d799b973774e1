using System.Security.Cryptography;
using Comity.App.Tests.Nodes;
using Comity.Kernel;
using Comity.Kernel.Sealing;
using Comity.Kernel.Viewing;
using Comity.Kernel.Writing;
using CsCheck;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Comity.App.Tests.KernelTests;

public sealed class SealingTests
{
    private const int Mebibyte = 1 << 20;
    private static readonly Viewer Job = Viewer.System("test");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public void A_sealed_piece_opens_where_it_was_sealed_and_nowhere_else()
    {
        using var master = new MasterKey(RandomNumberGenerator.GetBytes(MasterKey.Bytes));
        var vault = new Vault(master);
        var (key, other) = (vault.NewKey(TimeProvider.System), vault.NewKey(TimeProvider.System));
        Gen.Byte.Array[0, 200]
            .Sample(clear =>
            {
                var piece = vault.Seal(key, clear, "here");
                Assert.Equal(clear, vault.Open(key, piece, "here"));
                Assert.ThrowsAny<CryptographicException>(() => vault.Open(key, piece, "there"));
                Assert.ThrowsAny<CryptographicException>(() => vault.Open(other, piece, "here"));
            });
    }

    [Fact]
    public void Tokens_are_made_under_a_key_of_their_own()
    {
        using var master = new MasterKey(RandomNumberGenerator.GetBytes(MasterKey.Bytes));
        var token = new Vault(master).Token("secret"u8);
        Assert.Equal(token, new Vault(master).Token("secret"u8));
        foreach (var other in new[] { "secrets", "storage keys" })
            Assert.NotEqual(token, Convert.ToHexStringLower(HMACSHA256.HashData(master.For(other), "secret"u8)));
    }

    [Fact]
    public void A_sealed_piece_that_was_changed_anywhere_does_not_open()
    {
        using var master = new MasterKey(RandomNumberGenerator.GetBytes(MasterKey.Bytes));
        var vault = new Vault(master);
        var key = vault.NewKey(TimeProvider.System);
        var piece = vault.Seal(key, "what was said"u8, "here");
        Gen.Select(Gen.Int[0, piece.Length - 1], Gen.Byte[1, 255])
            .Sample(
                (at, change) =>
                {
                    var changed = piece.ToArray();
                    changed[at] ^= change;
                    Assert.ThrowsAny<CryptographicException>(() => vault.Open(key, changed, "here"));
                }
            );
        for (var length = 0; length < piece.Length; length++)
            Assert.ThrowsAny<CryptographicException>(() => vault.Open(key, piece.AsSpan(0, length), "here"));
    }

    [Fact]
    public void What_was_sealed_under_a_destroyed_key_is_gone()
    {
        using var master = new MasterKey(RandomNumberGenerator.GetBytes(MasterKey.Bytes));
        var vault = new Vault(master);
        var key = vault.NewKey(TimeProvider.System);
        var piece = vault.Seal(key, "what was said"u8, "here");
        key.Destroy(vault, TimeProvider.System.Utc());
        Assert.Throws<CryptographicException>(() => vault.Open(key, piece, "here"));
        Assert.Throws<CryptographicException>(() => vault.Seal(key, "more"u8, "here"));
    }

    [Fact]
    public void Another_master_key_opens_nothing()
    {
        using var master = new MasterKey(RandomNumberGenerator.GetBytes(MasterKey.Bytes));
        using var other = new MasterKey(RandomNumberGenerator.GetBytes(MasterKey.Bytes));
        var (vault, thief) = (new Vault(master), new Vault(other));
        var key = vault.NewKey(TimeProvider.System);
        var (piece, secret) = (vault.Seal(key, "content"u8, "here"), vault.SealSecret("secret"u8, "here"));
        Assert.ThrowsAny<CryptographicException>(() => thief.Open(key, piece, "here"));
        Assert.ThrowsAny<CryptographicException>(() => thief.OpenSecret(secret, "here"));
        Assert.NotEqual(vault.Token("word"u8), thief.Token("word"u8));
    }

    [Theory]
    [InlineData(Store.Sqlite, 0, 1)]
    [InlineData(Store.Sqlite, 1, 1)]
    [InlineData(Store.Sqlite, Mebibyte, 1)]
    [InlineData(Store.Sqlite, Mebibyte + 1, 2)]
    [InlineData(Store.Sqlite, Mebibyte * 7 / 2, 4)]
    [InlineData(Store.Postgres, Mebibyte * 7 / 2, 4)]
    public async Task A_blob_is_read_as_it_was_put(Store store, int length, int pieces)
    {
        await using var node = await TestNode.StartAsync(store, PaperRoom.Plan);
        var clear = RandomNumberGenerator.GetBytes(length);
        var id = await PutAsync(node, clear);
        await using var db = node.OpenDatabase();
        Assert.Equal(pieces, await db.Set<BlobPiece>().CountAsync(p => p.BlobId == id, Ct));
        var read = await node.Services.GetRequiredService<Blobs>().ReadAsync(db, id, Ct);
        Assert.True(clear.AsSpan().SequenceEqual(read));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public async Task A_piece_that_was_taken_out_of_a_blob_is_noticed(int number)
    {
        await using var node = await TestNode.StartAsync(Store.Sqlite, PaperRoom.Plan);
        var id = await PutAsync(node, RandomNumberGenerator.GetBytes(Mebibyte * 7 / 2));
        await using var db = node.OpenDatabase();
        await db.Set<BlobPiece>().Where(p => p.BlobId == id && p.Number == number).ExecuteDeleteAsync(Ct);
        await Assert.ThrowsAsync<CryptographicException>(() =>
            node.Services.GetRequiredService<Blobs>().ReadAsync(db, id, Ct)
        );
    }

    [Fact]
    public async Task Pieces_that_changed_places_are_noticed()
    {
        await using var node = await TestNode.StartAsync(Store.Sqlite, PaperRoom.Plan);
        var id = await PutAsync(node, RandomNumberGenerator.GetBytes(Mebibyte * 2));
        await using var db = node.OpenDatabase();
        var pieces = await db.Set<BlobPiece>().AsNoTracking().Where(p => p.BlobId == id).ToListAsync(Ct);
        foreach (var piece in pieces)
        {
            var other = pieces.Single(p => p.Number != piece.Number).Sealed;
            await db.Set<BlobPiece>()
                .Where(p => p.BlobId == id && p.Number == piece.Number)
                .ExecuteUpdateAsync(s => s.SetProperty(p => p.Sealed, other), Ct);
        }
        await Assert.ThrowsAnyAsync<CryptographicException>(() =>
            node.Services.GetRequiredService<Blobs>().ReadAsync(db, id, Ct)
        );
    }

    private static Task<Guid> PutAsync(TestNode node, byte[] clear) =>
        node
            .Services.GetRequiredService<WriteGate>()
            .WriteAsync(
                Job,
                async (db, ct) =>
                {
                    var key = node.Services.GetRequiredService<Vault>().NewKey(TimeProvider.System);
                    db.Add(key);
                    using var stream = new MemoryStream(clear);
                    return (await node.Services.GetRequiredService<Blobs>().PutAsync(db, key, stream, ct)).Id;
                },
                Ct
            );
}
