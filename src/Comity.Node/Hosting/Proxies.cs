using System.Net;
using Comity.Kernel.Hosting;
using Microsoft.AspNetCore.HttpOverrides;

namespace Comity.Node.Hosting;

/// <summary>Who calls, where a proxy stands in front: what the proxy says, if it is one that the operator named.</summary>
internal static class Proxies
{
    public static void UseTrustedProxies(this IApplicationBuilder app, NodeOptions options)
    {
        if (options.TrustedProxies.Count == 0)
            return;
        // The nearest proxy's word only: what stands before it in the field, anybody may have written.
        var forwarded = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor,
            ForwardLimit = 1,
        };
        forwarded.KnownProxies.Clear();
        forwarded.KnownIPNetworks.Clear();
        foreach (var proxy in options.TrustedProxies)
            forwarded.KnownProxies.Add(IPAddress.Parse(proxy));
        app.UseForwardedHeaders(forwarded);
    }
}
