using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Comity.Bench.Mail;

/// <summary>Hands messages to the mail server over one kept connection.</summary>
internal sealed class SmtpClient : IDisposable
{
    private readonly Socket _socket;
    private readonly NetworkStream _stream;
    private readonly StreamReader _reader;

    private SmtpClient(Socket socket)
    {
        _socket = socket;
        _stream = new NetworkStream(socket);
        _reader = new StreamReader(_stream, Encoding.ASCII);
    }

    public static async Task<SmtpClient> ConnectAsync(int port, CancellationToken stop)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, port, stop);
        var client = new SmtpClient(socket);
        await client.ExpectAsync(220, stop);
        await client.SayAsync("EHLO bench.qm.example\r\n", stop);
        await client.ExpectAsync(250, stop);
        return client;
    }

    /// <summary>When this returns, the server has written the message to its disk and answers for it.</summary>
    public async Task SendAsync(string from, string to, string body, CancellationToken stop)
    {
        await SayAsync($"MAIL FROM:<{from}>\r\nRCPT TO:<{to}>\r\nDATA\r\n", stop);
        await ExpectAsync(250, stop);
        await ExpectAsync(250, stop);
        await ExpectAsync(354, stop);
        var lines = body.ReplaceLineEndings("\r\n").Replace("\r\n.", "\r\n..", StringComparison.Ordinal);
        await SayAsync($"From: {from}\r\nTo: {to}\r\nSubject: ...\r\n\r\n{lines}\r\n.\r\n", stop);
        await ExpectAsync(250, stop);
    }

    public void Dispose()
    {
        _reader.Dispose();
        _stream.Dispose();
        _socket.Dispose();
    }

    private async Task SayAsync(string words, CancellationToken stop) =>
        await _stream.WriteAsync(Encoding.ASCII.GetBytes(words), stop);

    private async Task ExpectAsync(int code, CancellationToken stop)
    {
        string? line;
        do line = await _reader.ReadLineAsync(stop);
        while (line is { Length: > 3 } && line[3] == '-');
        if (
            line is null
            || !line.StartsWith(
                code.ToString(System.Globalization.CultureInfo.InvariantCulture),
                StringComparison.Ordinal
            )
        )
            throw new BenchException($"The mail server said: {line ?? "nothing"}");
    }
}
