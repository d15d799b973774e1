using Comity.Directory;
using Comity.Exchange.Data;
using Comity.Exchange.Reading;
using Comity.Exchange.Words;
using Comity.Kernel.Data;
using Comity.Kernel.Forms;
using Comity.Kernel.Modules;
using Comity.Kernel.Outcomes;
using Comity.Ui.Languages;
using Comity.Ui.Layout;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Comity.Exchange.Alarming;

/// <summary>Alarms over the API, and the button of the desk.</summary>
internal static class AlarmRoutes
{
    private const int Most = 500;

    public static void Map(ModuleRoutes routes)
    {
        routes.Api.MapGet("/exchange/alarms", ListAsync).Needs(ExchangeModule.Read);
        routes.Api.MapPost("/exchange/alarms/settle", SettleAsync).Needs(ExchangeModule.SettleAlarms);
    }

    public static void MapPages(RouteGroupBuilder pages) =>
        pages.MapPost("/exchange/alarms/settle", PostAsync).Needs(ExchangeModule.SettleAlarms);

    // Those that stand open, the newest first.
    private static async Task<IResult> ListAsync(
        AppDb db,
        DirectoryQueries directory,
        Catalogs catalogs,
        CancellationToken ct
    )
    {
        var open = await db.Set<Alarm>()
            .AsNoTracking()
            .Where(a => a.Settled == null)
            .OrderByDescending(a => a.Latest)
            .Take(Most)
            .ToListAsync(ct);
        var english = catalogs.For(Language.English);
        var views = new List<AlarmView>();
        foreach (var alarm in open)
        {
            var (view, own) = (AlarmView.Of(alarm), await directory.OfficeAsync(alarm.Home, ct));
            var said = $"{AlarmWords.Headline(english, view)}. {AlarmWords.Reason(english, view, own)}";
            views.Add(view with { Sentence = said, Command = AlarmWords.Command(view, own) });
        }
        return TypedResults.Ok(views);
    }

    private static async Task<IResult> SettleAsync(
        SettleAlarm request,
        SettleAlarmHandler handler,
        CancellationToken ct
    ) => (await handler.HandleAsync(request, ct)).ToApi();

    private static readonly Problem TooOld = Problem.Invalid(
        "exchange.alarm-form-too-old",
        Form<SettleAlarm>.TooOld,
        new Dictionary<string, string>(StringComparer.Ordinal)
    );

    // Nothing is typed here that could be lost: a page that was open for too long says so, and the desk is one step back.
    private static async Task<IResult> PostAsync(
        Form<SettleAlarm> form,
        SettleAlarmHandler handler,
        CancellationToken ct
    )
    {
        if (!form.IsValid)
            return TooOld.ToPage();
        var outcome = await handler.HandleAsync(form.Value, ct);
        return outcome.Problem is { } problem ? problem.ToPage() : TypedResults.LocalRedirect("/desk");
    }
}
