using System.Threading.RateLimiting;
using Comity.Kernel.Hosting;
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
                        Household.Of(context.Connection.RemoteIpAddress),
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
}
