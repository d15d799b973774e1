using System.Threading.RateLimiting;
using Comity.Kernel.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.DependencyInjection;

namespace Comity.Directory.Managing;

/// <summary>
/// How often, and how often at once, one address may fetch public documents. Followers ask every quarter of an hour;
/// whoever missed a long history asks forty times for its headers.
/// </summary>
internal sealed class PublicLimit : IRateLimiterPolicy<string>
{
    public const string Policy = "directory.public";

    /// <summary>The same for public pages, counted apart: readers do not keep a follower of the same house waiting.</summary>
    public const string Pages = "directory.public-pages";

    public const int PerMinute = 120;
    public const int AtOnce = 8;

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    public Func<OnRejectedContext, CancellationToken, ValueTask>? OnRejected { get; } =
        (rejected, _) =>
        {
            rejected.HttpContext.Response.StatusCode = StatusCodes.Status429TooManyRequests;
            rejected.HttpContext.Response.Headers.RetryAfter = "60";
            return ValueTask.CompletedTask;
        };

    public static void Add(IServiceCollection services) =>
        services.Configure<RateLimiterOptions>(options =>
            options.AddPolicy<string, PublicLimit>(Policy).AddPolicy<string, PublicLimit>(Pages)
        );

    public RateLimitPartition<string> GetPartition(HttpContext httpContext) =>
        RateLimitPartition.Get(
            Household.Of(httpContext.Connection.RemoteIpAddress),
            _ =>
                RateLimiter.CreateChained(
                    new ConcurrencyLimiter(new() { PermitLimit = AtOnce, QueueLimit = AtOnce }),
                    new FixedWindowRateLimiter(
                        new()
                        {
                            PermitLimit = PerMinute,
                            Window = Window,
                            QueueLimit = 0,
                        }
                    )
                )
        );
}
