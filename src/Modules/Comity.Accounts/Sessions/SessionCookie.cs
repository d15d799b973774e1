using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Comity.Kernel.Hosting;
using Microsoft.AspNetCore.Http;

namespace Comity.Accounts.Sessions;

/// <summary>
/// The cookie of a session: its id and a secret of 32 octets. Its name carries the node, so that several nodes on one
/// host do not meet one another's; over HTTPS its prefix keeps neighbouring hosts from setting it. A copy of the database
/// is not enough to make one.
/// </summary>
internal sealed class SessionCookie(NodeOptions options)
{
    private const int SecretOctets = 32;

    private readonly string _name =
        (options.BaseUrl.Scheme == Uri.UriSchemeHttps ? "__Host-comity-session-" : "comity-session-")
        + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(options.BaseUrl.AbsoluteUri)).AsSpan(0, 4));

    public static byte[] NewSecret() => RandomNumberGenerator.GetBytes(SecretOctets);

    public (Guid Id, byte[] Secret)? Read(HttpContext context)
    {
        if (
            context.Request.Cookies[_name] is not { Length: < 100 } value
            || value.Split('.') is not [var id, var secret]
        )
            return null;
        if (!Guid.TryParseExact(id, "N", out var session) || !Base64Url.IsValid(secret))
            return null;
        var octets = Base64Url.DecodeFromChars(secret);
        return octets.Length == SecretOctets ? (session, octets) : null;
    }

    public void Write(HttpContext context, Guid id, byte[] secret) =>
        context.Response.Cookies.Append(_name, $"{id:N}.{Base64Url.EncodeToString(secret)}", Attributes());

    public void Clear(HttpContext context) => context.Response.Cookies.Delete(_name, Attributes());

    private CookieOptions Attributes() =>
        new()
        {
            HttpOnly = true,
            // Lax, because sign-in links are opened from mail programs; every post also needs its form token.
            SameSite = SameSiteMode.Lax,
            Secure = options.BaseUrl.Scheme == Uri.UriSchemeHttps,
            Path = "/",
            IsEssential = true,
        };
}
