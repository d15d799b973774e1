using Comity.Kernel.Data;
using Comity.Kernel.Keys;
using Comity.Kernel.Modules;
using Comity.Kernel.Sealing;
using Comity.Kernel.Viewing;
using Comity.Kernel.Work;
using Comity.Kernel.Writing;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Comity.Kernel.Hosting;

/// <summary>Registers the kernel.</summary>
public static class KernelServices
{
    /// <param name="services">The node's services.</param>
    /// <param name="options">Address, data folder, database.</param>
    /// <param name="modules">The rooms of this program.</param>
    /// <param name="database">SQLite or PostgreSQL.</param>
    /// <param name="working">False where a command only looks in: then no work is claimed.</param>
    public static IServiceCollection AddKernel(
        this IServiceCollection services,
        NodeOptions options,
        ModuleCatalog modules,
        IDatabase database,
        bool working
    )
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(options).AddSingleton(modules).AddSingleton(_ => database);
        services.AddSingleton(_ => MasterKey.FromFile(options.MasterKeyPath));
        services.AddSingleton<Vault>().AddSingleton<Blobs>().AddSingleton<KeyStore>().AddSingleton<Audiences>();
        services.AddSingleton<NodeCertificate>().AddSingleton<ICheck>(s => s.GetRequiredService<NodeCertificate>());
        services.AddSingleton<AppDbFactory>();
        services.AddSingleton<ICheck, PrivacyCheck>().AddSingleton<ICheck, DatabaseClockCheck>();
        services.AddSingleton<ICheck, DiskCheck>();
        services.AddScoped<CurrentViewer>();
        services.AddScoped(s =>
            s.GetRequiredService<AppDbFactory>().Open(s.GetRequiredService<CurrentViewer>().Viewer)
        );
        AddGate(services, database);
        if (working)
            services.AddSingleton<Leases>().AddSingleton<TakingUp>().AddHostedService<WorkLoop>();
        AddProtection(services, options);
        foreach (var module in modules.Modules)
            module.Add(services);
        return services;
    }

    private static void AddGate(IServiceCollection services, IDatabase database)
    {
        if (!database.OneWriter)
        {
            services.AddSingleton<WriteGate, OwnTransactionGate>();
            return;
        }
        services.AddSingleton<GroupCommitGate>();
        services.AddSingleton<WriteGate>(s => s.GetRequiredService<GroupCommitGate>());
        services.AddHostedService(s => s.GetRequiredService<GroupCommitGate>());
    }

    private static void AddProtection(IServiceCollection services, NodeOptions options)
    {
        services.AddSingleton<KeyRing>();
        services.AddDataProtection().SetApplicationName($"comity:{options.BaseUrl}");
        services
            .AddOptions<KeyManagementOptions>()
            .Configure<KeyRing>(
                (o, ring) =>
                {
                    o.XmlRepository = ring;
                    o.XmlEncryptor = new SealedAsAWhole();
                }
            );
    }
}
