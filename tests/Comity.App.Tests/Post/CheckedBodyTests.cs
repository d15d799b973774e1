using System.Security.Cryptography;
using Comity.Post.HttpSignatures;
using CsCheck;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;

namespace Comity.App.Tests.Post;

public sealed class CheckedBodyTests
{
    [Fact]
    public Task Only_the_octets_that_were_signed_are_taken() =>
        Gen.Select(Gen.Byte.Array[0, 300_000], Gen.Byte.Array[0, 100], Gen.Bool)
            .SampleAsync(
                async (signed, other, flip) =>
                {
                    var claim = new ContentClaim(signed.Length, SHA256.HashData(signed));
                    var whole = await Read(signed, claim);
                    Assert.Equal(signed, whole.Octets!.Value.ToArray());

                    if (other.Length > 0)
                    {
                        Assert.Equal(RequestRefusal.BodyTooLong, (await Read([.. signed, .. other], claim)).Refusal);
                    }

                    if (signed.Length > 0)
                    {
                        Assert.Equal(RequestRefusal.BodyTooShort, (await Read(signed[..^1], claim)).Refusal);
                        var changed = signed.ToArray();
                        changed[flip ? 0 : ^1] ^= 1;
                        Assert.Equal(RequestRefusal.DigestWrong, (await Read(changed, claim)).Refusal);
                    }
                },
                iter: 50
            );

    [Fact]
    public async Task A_body_without_end_is_given_up_at_once()
    {
        using var endless = new Endless();

        var reading = await CheckedBody.ReadAsync(
            endless,
            new ContentClaim(1000, new byte[32]),
            CancellationToken.None
        );

        Assert.Equal(RequestRefusal.BodyTooLong, reading.Refusal);
        Assert.InRange(endless.Taken, 1, 128 * 1024);
    }

    [Fact]
    public async Task A_body_that_trickles_is_given_up_when_its_time_is_over()
    {
        var clock = new FakeTimeProvider();
        var pipe = new System.IO.Pipelines.Pipe();
        await pipe.Writer.WriteAsync(new byte[10], TestContext.Current.CancellationToken);
        var claim = new ContentClaim(64 * 1024 * 1024, new byte[32]);

        var reading = TimedBody.ReadAsync(pipe.Reader.AsStream(), claim, clock, CancellationToken.None).AsTask();
        clock.Advance(TimeSpan.FromSeconds(30));
        Assert.False(reading.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(2048));

        Assert.Equal(RequestRefusal.BodyTooSlow, (await reading).Refusal);
    }

    [Fact]
    public async Task A_connection_that_breaks_is_a_refusal_and_not_a_fault()
    {
        using var broken = new Broken();

        var reading = await CheckedBody.ReadAsync(broken, new ContentClaim(1000, new byte[32]), CancellationToken.None);

        Assert.Equal(RequestRefusal.BodyBroken, reading.Refusal);
    }

    [Theory]
    [InlineData("HTTP/1.1", "close")]
    [InlineData("HTTP/2", "")]
    public async Task The_answer_to_every_refusal_is_the_same(string protocol, string connection)
    {
        var context = new DefaultHttpContext();
        using var body = new MemoryStream();
        context.Response.Body = body;
        context.Request.Protocol = protocol;

        await UniformAnswer.Instance.ExecuteAsync(context);

        Assert.Equal(403, context.Response.StatusCode);
        Assert.Equal("""{"title":"Refused","status":403}"""u8.ToArray(), body.ToArray());
        Assert.Equal("application/problem+json", context.Response.ContentType);
        Assert.Equal(connection, context.Response.Headers.Connection.ToString());
    }

    private static async Task<BodyReading> Read(byte[] body, ContentClaim claim)
    {
        using var stream = new MemoryStream(body);
        return await CheckedBody.ReadAsync(stream, claim, CancellationToken.None);
    }

    private sealed class Endless : MemoryStream
    {
        public int Taken { get; private set; }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Taken += buffer.Length;
            return ValueTask.FromResult(buffer.Length);
        }
    }

    private sealed class Broken : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            throw new IOException("connection reset");
    }
}
