using Comity.Accounts.Inviting;
using Comity.Accounts.Sessions;
using Comity.Accounts.SigningIn;
using Comity.Kernel.Modules;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Comity.Accounts;

/// <summary>People, the offices that they act for, sign-in links, sessions.</summary>
public sealed class AccountsModule : IModule
{
    internal static readonly Act Invite = new("accounts.invite", "Invite people and list them", Role.Operator);
    internal static readonly Act OwnSessions = new(
        "accounts.own-sessions",
        "See and end one's own sessions",
        Role.Analyst,
        Role.DutyOfficer,
        Role.DirectoryManager,
        Role.Operator
    );

    public string Name => "accounts";

    public IReadOnlyList<Act> Acts => [Invite, OwnSessions];

    public IReadOnlyList<Place> Places => [new("Your account", Sessions.OwnSessions.Address, OwnSessions, 900)];

    public void Add(IServiceCollection services)
    {
        services.AddScoped<InvitePerson>().AddScoped<SignIn>().AddScoped<EndSession>();
        services.AddSingleton<HeadOfPage>();
        SignInLimit.Add(services);
        services.AddScoped<ViewerResolution>().AddSingleton<SessionCookie>().AddScoped<AccountsQueries>();
    }

    public void Use(IApplicationBuilder app)
    {
        SignInLimit.Use(app);
        app.Use(
            async (context, next) =>
            {
                await context.RequestServices.GetRequiredService<ViewerResolution>().ResolveAsync(context);
                await context.RequestServices.GetRequiredService<HeadOfPage>().WriteAsync(context);
                await next(context);
            }
        );
    }

    public void Map(ModuleRoutes routes)
    {
        InvitePerson.Map(routes);
        SignIn.Map(routes);
        EndSession.Map(routes);
        Sessions.OwnSessions.Map(routes);
    }
}
