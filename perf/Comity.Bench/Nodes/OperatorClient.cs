using System.Diagnostics.CodeAnalysis;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;

namespace Comity.Bench.Nodes;

/// <summary>Speaks to the API of a running node as its operator, through its socket.</summary>
internal sealed class OperatorClient : IDisposable
{
    private readonly HttpClient _client;

    [SuppressMessage("ApiDesign", "RS0030", Justification = "This client reaches one local socket and no address")]
    public OperatorClient(string socket)
    {
        var handler = new SocketsHttpHandler
        {
            UseProxy = false,
            ConnectCallback = async (_, stop) =>
            {
                var connection = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                await connection.ConnectAsync(new UnixDomainSocketEndPoint(socket), stop);
                return new NetworkStream(connection, ownsSocket: true);
            },
        };
        _client = new HttpClient(handler)
        {
            BaseAddress = new Uri("http://operator/api/v1/"),
            Timeout = TimeSpan.FromMinutes(5),
        };
    }

    public async Task<JsonNode> PostAsync(string path, JsonNode body, CancellationToken stop)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body.ToJsonString()));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var answer = await _client.PostAsync(path, content, stop);
        var text = await answer.Content.ReadAsStringAsync(stop);
        return answer.IsSuccessStatusCode
            ? JsonNode.Parse(text.Length == 0 ? "{}" : text)!
            : throw new BenchException($"{path} answered {(int)answer.StatusCode}: {text}");
    }

    public Task<byte[]> OctetsAsync(string path, CancellationToken stop) => _client.GetByteArrayAsync(path, stop);

    public void Dispose() => _client.Dispose();
}
