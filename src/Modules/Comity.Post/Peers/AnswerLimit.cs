namespace Comity.Post.Peers;

/// <summary>More came than was asked for.</summary>
internal sealed class AnswerTooLongException()
    : HttpRequestException(HttpRequestError.ConfigurationLimitExceeded, "The answer is longer than was permitted.");

/// <summary>Ends every answer in a fault that goes on for longer than its request permits.</summary>
internal sealed class AnswerLimit : DelegatingHandler
{
    /// <summary>Where a request does not say otherwise.</summary>
    private const long Default = 256 * 1024;

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        var most = request.Options.TryGetValue(PostModule.MaxAnswer, out var given) ? given : Default;
        var response = await base.SendAsync(request, cancellationToken);
        if (response.Content.Headers.ContentLength > most)
        {
            response.Dispose();
            throw new AnswerTooLongException();
        }

        var answer = await response.Content.ReadAsStreamAsync(cancellationToken);
        var limited = new StreamContent(new LimitedStream(answer, most));
        foreach (var (name, values) in response.Content.Headers)
        {
            limited.Headers.TryAddWithoutValidation(name, values);
        }

        response.Content = limited;
        return response;
    }

    private sealed class LimitedStream(Stream inner, long most) : Stream
    {
        private long left = most;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override async ValueTask<int> ReadAsync(
            Memory<byte> buffer,
            CancellationToken cancellationToken = default
        ) => Counted(await inner.ReadAsync(buffer, cancellationToken));

        public override Task<int> ReadAsync(
            byte[] buffer,
            int offset,
            int count,
            CancellationToken cancellationToken
        ) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override int Read(byte[] buffer, int offset, int count) => Counted(inner.Read(buffer, offset, count));

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                inner.Dispose();
            }

            base.Dispose(disposing);
        }

        private int Counted(int read)
        {
            left -= read;
            return left >= 0 ? read : throw new AnswerTooLongException();
        }
    }
}
