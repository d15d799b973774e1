using Comity.Directory;
using Comity.Exchange.Acknowledging;
using Comity.Exchange.Alarming;
using Comity.Exchange.Announcing;
using Comity.Exchange.Data;
using Comity.Exchange.Proving;
using Comity.Exchange.Reading;
using Comity.Exchange.Receipts;
using Comity.Exchange.Receiving;
using Comity.Exchange.Resending;
using Comity.Exchange.Sealing;
using Comity.Exchange.Sending;
using Comity.Exchange.Words;
using Comity.Kernel.Hosting;
using Comity.Kernel.Modules;
using Comity.Kernel.Work;
using Comity.Post;
using Microsoft.Extensions.DependencyInjection;

namespace Comity.Exchange;

/// <summary>Conversations between offices: sending, sealing, receiving, acknowledging, proving.</summary>
public sealed class ExchangeModule : IModule
{
    internal static readonly Act Read = new(
        "exchange.read",
        "Read the conversations of one's own offices.",
        Role.Analyst,
        Role.DutyOfficer
    );

    internal static readonly Act Send = new("exchange.send", "Send messages for one's own offices.", Role.Analyst);

    internal static readonly Act Acknowledge = new(
        "exchange.acknowledge",
        "Acknowledge messages for one's own offices.",
        Role.DutyOfficer,
        Role.Analyst
    );

    internal static readonly Act SettleAlarms = new(
        "exchange.settle-alarms",
        "Put alarms of one's own offices aside.",
        Role.DutyOfficer,
        Role.Analyst
    );

    internal static readonly Act AskAgain = new(
        "exchange.ask-again",
        "Ask other nodes to send again what was lost.",
        Role.Operator
    );

    public string Name => "exchange";

    public IReadOnlyList<Act> Acts => [Read, Send, Acknowledge, SettleAlarms, AskAgain];

    public IReadOnlyList<Place> Places => [new("Desk", "/desk", Read, 10), new("Conversations", "/exchange", Read, 20)];

    public void Add(IServiceCollection services)
    {
        services.AddSingleton<Conversations>().AddSingleton<Alarms>();
        services
            .AddScoped<DraftReader>()
            .AddScoped<DefaultRecipients>()
            .AddScoped<Turn>()
            .AddScoped<SendMessageHandler>()
            .AddSingleton<SentBefore>()
            .AddSingleton<Acceptance>();
        services.AddScoped<AcknowledgeHandler>().AddScoped<SettleAlarmHandler>().AddScoped<OpenConversations>();
        services.AddScoped<ConversationOpener>().AddScoped<ConversationQuery>().AddScoped<DeskQuery>();
        services.AddScoped<DeskSheetQuery>();
        services.AddScoped<EvidenceQuery>().AddScoped<Names>();
        AddSealing(services);
        AddReceiving(services);
        AddResending(services);
        AddAnnouncing(services);
        services.AddSingleton<ICheck, ExchangeCheck>();
    }

    public void Map(ModuleRoutes routes)
    {
        SendRoutes.Map(routes);
        AcknowledgeRoutes.Map(routes);
        AlarmRoutes.Map(routes);
        ReadRoutes.Map(routes);
        EvidenceRoutes.Map(routes);
        ResendRoutes.Map(routes);
        PageRoutes.Map(routes);
    }

    private static void AddSealing(IServiceCollection services)
    {
        services.AddSingleton<SealingFacts>().AddSingleton<SealedToday>().AddSingleton<DeliveryContent>();
        services.AddSingleton<SealingRoom>();
        services.AddSingleton<IWorkHandler, SealDelivery>();
        services.AddSingleton<IDirectoryListener, SealAgain>().AddSingleton<IDirectoryListener, KeyCame>();
    }

    private static void AddResending(IServiceCollection services)
    {
        services.AddScoped<AskAgainHandler>();
        services.AddSingleton<ReceiveResendRequest>().AddSingleton<ReceiveGapRequest>();
        services.AddSingleton<TakeBack>().AddSingleton<ResendRest>();
        services.AddSingleton<IWorkHandler>(s => s.GetRequiredService<ResendRest>());
        services.AddSingleton<IWorkHandler, SendAgain>().AddSingleton<IWorkHandler, GiveBack>();
        services.AddSingleton<IWorkHandler, AskForGap>();
    }

    private static void AddAnnouncing(IServiceCollection services)
    {
        services.AddSingleton<KnownNodes>().AddSingleton<HearOfEntry>().AddSingleton<AnnounceEntry>();
        services.AddSingleton<IWorkHandler>(s => s.GetRequiredService<AnnounceEntry>());
        services.AddSingleton<IOwnEntryListener>(s => s.GetRequiredService<AnnounceEntry>());
    }

    private static void AddReceiving(IServiceCollection services)
    {
        services.AddSingleton<NodeSigning>().AddSingleton<Notices>().AddSingleton<ReceiptCheck>();
        services.AddSingleton<ParcelSink>().AddSingleton<IParcelSink>(s => s.GetRequiredService<ParcelSink>());
        services.AddSingleton<ReceiveReturn>().AddSingleton<Refusing>().AddSingleton<Parking>();
        services
            .AddSingleton<Arrivals>()
            .AddSingleton<TakingIn>()
            .AddSingleton<AddressClash>()
            .AddSingleton<OfficeKeys>()
            .AddSingleton<OpeningRoom>();
        services.AddSingleton(new IntakeBounds()).AddSingleton<Intake>().AddSingleton<NoticeLimit>();
        services.AddSingleton<ReceiveEnvelope>();
        services.AddSingleton<IEnvelopeReceiver>(s => s.GetRequiredService<ReceiveEnvelope>());
        services.AddSingleton<IWorkHandler, Unpark>();
    }
}
