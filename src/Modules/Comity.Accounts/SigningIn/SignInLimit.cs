using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using Comity.Kernel.Outcomes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.DependencyInjection;

namespace Comity.Accounts.SigningIn;

/// <summary>
/// How often one address may try links. Guessing 24 octets is hopeless at any speed; the limit keeps the tries from
/// being a load.
/// </summary>
internal static class SignInLimit
{
    public const string Policy = "accounts.sign-in";
    public const int PerMinute = 30;

    private static readonly Problem TooMany = Problem.TooOften(
        "accounts.too-many-tries",
        "Too many links were tried from your address. Nothing was lost. Wait a minute and try again."
    );

    public static void Add(IServiceCollection services) =>
        services.AddRateLimiter(options =>
        {
            options.AddPolicy(
                Policy,
                context =>
                    RateLimitPartition.GetFixedWindowLimiter(
                        Source(context.Connection.RemoteIpAddress),
                        _ => new FixedWindowRateLimiterOptions
                        {
                            PermitLimit = PerMinute,
                            Window = TimeSpan.FromMinutes(1),
                            QueueLimit = 0,
                        }
                    )
            );
            options.OnRejected = async (rejected, _) =>
            {
                rejected.HttpContext.Response.Headers.RetryAfter = "60";
                await TooMany.AnswerAsync(rejected.HttpContext);
            };
        });

    public static void Use(IApplicationBuilder app) => app.UseRateLimiter();

    /// <summary>One household is one source: an IPv6 network of 64 bits, or an IPv4 address.</summary>
    private static string Source(IPAddress? address)
    {
        if (address is null)
            return "socket";
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        return address.AddressFamily == AddressFamily.InterNetworkV6
            ? Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8))
            : address.ToString();
    }
}
