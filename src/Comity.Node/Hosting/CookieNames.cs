using System.Security.Cryptography;
using System.Text;
using Comity.Kernel.Hosting;

namespace Comity.Node.Hosting;

/// <summary>Several nodes on one host must not meet one another's cookies: the name carries the node.</summary>
internal static class CookieNames
{
    public static string For(NodeOptions options, string what)
    {
        var node = SHA256.HashData(Encoding.UTF8.GetBytes(options.BaseUrl.AbsoluteUri));
        return $"comity-{what}-{Convert.ToHexStringLower(node.AsSpan(0, 4))}";
    }
}
