using Microsoft.AspNetCore.Http;

namespace Comity.Post.HttpSignatures;

/// <summary>
/// The one answer to everything that is not accepted. It says nothing: an unknown key, a wrong signature, a replay and
/// an envelope that does not open look the same from outside, octet for octet.
/// </summary>
internal sealed class UniformAnswer : IResult
{
    public static readonly UniformAnswer Instance = new();

    private static ReadOnlyMemory<byte> Body { get; } = """{"title":"Refused","status":403}"""u8.ToArray();

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = StatusCodes.Status403Forbidden;
        response.ContentType = "application/problem+json";
        response.ContentLength = Body.Length;
        response.Headers.CacheControl = "no-store";

        // An unread body would hold the connection, and whether it was read must not show: so it ends every time.
        if (HttpProtocol.IsHttp11(httpContext.Request.Protocol))
        {
            response.Headers.Connection = "close";
        }

        await response.Body.WriteAsync(Body, httpContext.RequestAborted);
    }
}
