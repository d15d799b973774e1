using Comity.Exchange.Acknowledging;
using Comity.Exchange.Reading;
using Comity.Kernel.Modules;
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

    public string Name => "exchange";

    public IReadOnlyList<Act> Acts => [Read, Send, Acknowledge];

    public IReadOnlyList<Place> Places => [new("Desk", "/desk", Read, 10), new("Conversations", "/exchange", Read, 20)];

    public void Add(IServiceCollection services)
    {
        services.AddValidation();
        services.AddScoped<DeskQuery>().AddScoped<ConversationQuery>().AddScoped<AcknowledgeHandler>();
    }

    public void Map(ModuleRoutes routes) { }
}
