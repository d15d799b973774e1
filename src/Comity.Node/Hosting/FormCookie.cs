using System.Security.Cryptography;
using System.Text;
using Comity.Kernel.Hosting;
using Microsoft.AspNetCore.Http;

namespace Comity.Node.Hosting;

/// <summary>
/// The cookie of form tokens. Several nodes on one host must not meet one another's, so its name carries the node. It is
/// secure where others reach the node over HTTPS, also where a proxy takes that off and the request itself is plain.
/// </summary>
internal sealed class FormCookie : CookieBuilder
{
    private readonly bool _secure;

    public FormCookie(NodeOptions options)
    {
        _secure = options.BaseUrl.Scheme == Uri.UriSchemeHttps;
        var node = SHA256.HashData(Encoding.UTF8.GetBytes(options.BaseUrl.AbsoluteUri));
        Name = (_secure ? "__Host-" : "") + $"comity-form-{Convert.ToHexStringLower(node.AsSpan(0, 4))}";
        Path = "/";
        HttpOnly = true;
        SameSite = SameSiteMode.Strict;
        IsEssential = true;
        SecurePolicy = CookieSecurePolicy.None;
    }

    public override CookieOptions Build(HttpContext context, DateTimeOffset expiresFrom)
    {
        var made = base.Build(context, expiresFrom);
        made.Secure = _secure;
        return made;
    }
}
