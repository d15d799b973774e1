using Comity.Directory.Checking;
using Comity.Directory.Confirming;
using Comity.Directory.Finding;
using Comity.Directory.Following;
using Comity.Directory.Keeping;
using Comity.Directory.Keys;
using Comity.Directory.Managing;
using Comity.Directory.SettingUp;
using Comity.Kernel.Data;
using Comity.Kernel.Hosting;
using Comity.Kernel.Keys;
using Comity.Kernel.Modules;
using Comity.Kernel.Work;
using Comity.Kernel.Writing;
using Comity.Post;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Comity.Directory;

/// <summary>Keys, entries, snapshots, following: who can be reached, where, and with which key.</summary>
public sealed class DirectoryModule : IModule
{
    internal static readonly Act See = new(
        "directory.see",
        "See participants, offices and the state of their keys.",
        Role.Analyst,
        Role.DutyOfficer,
        Role.DirectoryManager,
        Role.Operator
    );

    internal static readonly Act Operate = new(
        "directory.operate",
        "Set the node up, follow directories, keep keys.",
        Role.Operator
    );

    internal static readonly Act Confirm = new(
        "directory.confirm",
        "Say that one has compared the fingerprint of a participant key with somebody of that participant.",
        Role.Analyst,
        Role.DutyOfficer,
        Role.DirectoryManager,
        Role.Operator
    );

    internal static readonly Act Manage = new(
        "directory.manage",
        "Admit entries and publish the snapshot that others follow.",
        Role.DirectoryManager,
        Role.Operator
    );

    internal static readonly Act SettleAlarms = new(
        "directory.settle-alarms",
        "Put an alarm about a directory aside.",
        Role.DutyOfficer,
        Role.DirectoryManager,
        Role.Operator
    );

    public string Name => "directory";

    public IReadOnlyList<Act> Acts => [See, Confirm, Operate, Manage, SettleAlarms];

    public IReadOnlyList<Place> Places =>
        [new("Directory", "/directory", See, 40), new("States", "/states", Act: null, 45)];

    public void Add(IServiceCollection services)
    {
        services.AddSingleton<Roll>().AddSingleton<EntryStore>();
        services.AddSingleton(s => new DirectoryQueries(
            s.GetRequiredService<Roll>(),
            s.GetRequiredService<AppDbFactory>(),
            s.GetRequiredService<TimeProvider>()
        ));
        services.AddSingleton<LookLimit>().AddSingleton<HeardEntry>();
        services.AddSingleton(s => new DirectoryCommands(
            s.GetRequiredService<Roll>(),
            s.GetRequiredService<WriteGate>(),
            s.GetRequiredService<LookLimit>(),
            s.GetRequiredService<TimeProvider>()
        ));
        services.AddSingleton<NameOnPages>();
        services.AddSingleton<IPeers, Peers>().AddSingleton<IHomeOffices, HomeOffices>();
        services.AddSingleton<DirectoryClient>().AddSingleton<SnapshotFetch>().AddSingleton<Poller>();
        services
            .AddSingleton<OwnEntries>()
            .AddSingleton<WaitingEntry>()
            .AddSingleton<Admission>()
            .AddSingleton<Publisher>();
        services.AddSingleton<PublishedSnapshot>();
        PublicLimit.Add(services);
        services
            .AddSingleton<NewDirectory>()
            .AddSingleton<ParticipantKeys>()
            .AddSingleton<NewKeys>()
            .AddSingleton<OwnOfficeKeys>()
            .AddSingleton<EndParticipantKey>();
        services.AddSingleton<IWorkHandler, PollWork>().AddSingleton<IWorkHandler, KeepWork>();
        services.AddSingleton<IWorkHandler, PublishWork>().AddSingleton<IWorkHandler, CollectWork>();
        services.AddSingleton<IWorkHandler, LookAtNode>();
        services
            .AddScoped<ICheck, DirectoryCheck>()
            .AddScoped<ICheck, KeyCheck>()
            .AddScoped<ICheck, AdmittedKeyCheck>();
        services.AddScoped<SetUpHandler>().AddScoped<FollowDirectoryHandler>().AddScoped<ConfirmKeyHandler>();
        services
            .AddScoped<AdmitEntryHandler>()
            .AddScoped<DelegateKeyHandler>()
            .AddScoped<OverviewReader>()
            .AddScoped<ParticipantSheets>();
        services.AddScoped<KeyList>().AddScoped<CreateKeyHandler>().AddScoped<ExportKeyHandler>();
        services.AddScoped<ImportKeyHandler>().AddScoped<RevokeKeyHandler>().AddScoped<PutAsideHandler>();
    }

    public void Use(IApplicationBuilder app) =>
        app.Use(
            async (context, next) =>
            {
                await context.RequestServices.GetRequiredService<NameOnPages>().WriteAsync(context);
                await next(context);
            }
        );

    public void Map(ModuleRoutes routes) => DirectoryRoutes.Map(routes);
}
