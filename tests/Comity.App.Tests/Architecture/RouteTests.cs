using System.Net;
using Comity.App.Tests.Nodes;
using Comity.Kernel.Data;
using Comity.Kernel.Modules;
using Comity.Node;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Comity.App.Tests.Architecture;

public sealed class RouteTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_routes_and_who_may_use_them_are_the_approved_ones()
    {
        await using var node = await TestNode.StartAsync(Store.Sqlite, NodePlan.OfQm);
        ApprovedList.Holds("routes", Routes(node.Services).Select(Line).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Every_act_that_a_route_asks_for_stands_in_the_list_of_a_module()
    {
        await using var node = await TestNode.StartAsync(Store.Sqlite, NodePlan.OfQm);
        var known = Rooms.Catalog.Acts.Select(a => a.Name).Append("node.doctor").ToHashSet(StringComparer.Ordinal);
        House.HasNone(
            from route in Routes(node.Services)
            let act = route.Metadata.GetMetadata<NeedsAct>()?.Act
            where act is not null && !known.Contains(act.Name)
            select $"{route.RoutePattern.RawText}: {act.Name}"
        );
    }

    [Fact]
    public void Every_act_is_permitted_to_somebody_and_said_once() =>
        House.HasNone(
            Rooms
                .Catalog.Acts.GroupBy(a => a.Name, StringComparer.Ordinal)
                .Where(g => g.Count() > 1 || g.First().Roles.Count == 0 || g.First().Meaning.Length == 0)
                .Select(g => g.Key)
        );

    [Theory]
    [InlineData("analyst")]
    [InlineData("duty-officer")]
    [InlineData("directory-manager")]
    [InlineData("operator")]
    public async Task No_page_changes_anything_without_the_token_of_a_form(string role)
    {
        await using var node = await TestNode.StartAsync(Store.Sqlite, NodePlan.OfQm);
        using var browser = await node.SignInAsync("Person One", "QM/technical", role);
        var before = await RowsAsync(node);
        var faults = new List<string>();
        foreach (var (method, path) in UnsafePages(node))
        foreach (var token in new[] { null, "stale", "" })
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), path);
            request.Content = new FormUrlEncodedContent(
                token is null ? [] : [KeyValuePair.Create("__RequestVerificationToken", token)]
            );
            using var answer = await browser.Client.SendAsync(request, Ct);
            if ((int)answer.StatusCode is < 400 or >= 500)
                faults.Add($"{method} {path}: {(int)answer.StatusCode}");
        }
        House.HasNone(faults);
        Assert.Equal(before, await RowsAsync(node));
    }

    [Fact]
    public async Task Nobody_who_has_not_signed_in_gets_behind_a_permission()
    {
        await using var node = await TestNode.StartAsync(Store.Sqlite, NodePlan.OfQm);
        using var browser = node.Browse();
        var faults = new List<string>();
        foreach (var route in Routes(node.Services).Where(r => r.Metadata.GetMetadata<NeedsAct>() is not null))
        foreach (var method in Methods(route))
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), Filled(route));
            using var answer = await browser.Client.SendAsync(request, Ct);
            var ledToSignIn =
                answer.Headers.Location?.OriginalString.StartsWith("/sign-in", StringComparison.Ordinal) == true;
            if (!ledToSignIn && answer.StatusCode != HttpStatusCode.Forbidden)
                faults.Add($"{method} {route.RoutePattern.RawText}: {(int)answer.StatusCode}");
        }
        House.HasNone(faults);
    }

    private static IEnumerable<RouteEndpoint> Routes(IServiceProvider services) =>
        services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>();

    private static IEnumerable<string> Methods(Endpoint route) =>
        route.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET"];

    private static string Line(RouteEndpoint route)
    {
        var ways = route.Metadata.OfType<Way>().ToList();
        var way = ways.Count == 0 ? "other" : ways[0].ToString().ToLowerInvariant();
        var who = route.Metadata.GetMetadata<NeedsAct>() is { } needs
            ? $"{needs.Act.Name} ({string.Join(", ", needs.Act.Roles)})"
            : $"open: {route.Metadata.GetMetadata<OpenTo>()!.Reason}";
        return $"{way, -5} {string.Join(',', Methods(route)), -6} {route.RoutePattern.RawText, -50} {who}";
    }

    private static IEnumerable<(string Method, string Path)> UnsafePages(TestNode node) =>
        from route in Routes(node.Services)
        where route.Metadata.OfType<Way>().Contains(Way.Page)
        from method in Methods(route)
        where !HttpMethods.IsGet(method) && !HttpMethods.IsHead(method)
        select (method, Filled(route));

    private static string Filled(RouteEndpoint route) =>
        "/"
        + string.Join(
            '/',
            route.RoutePattern.PathSegments.Select(s =>
                string.Concat(
                    s.Parts.Select(p =>
                        p switch
                        {
                            RoutePatternLiteralPart literal => literal.Content,
                            RoutePatternParameterPart { ParameterPolicies: [{ Content: "guid" }] } =>
                                "019af5c0-0000-7000-8000-000000000001",
                            RoutePatternParameterPart { ParameterPolicies: [{ Content: "int" }] } => "1",
                            _ => "x",
                        }
                    )
                )
            )
        );

    /// <summary>How many rows each table has: what nothing did, changed none of them.</summary>
    private static async Task<string> RowsAsync(TestNode node)
    {
        await using var db = node.OpenDatabase();
        var counts = new List<string>();
        var count = typeof(RouteTests).GetMethod(
            nameof(CountAsync),
            System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Static
        )!;
        foreach (var type in db.Model.GetEntityTypes().Where(t => !t.IsOwned()).Select(t => t.ClrType).Distinct())
            counts.Add($"{type.Name} {await (Task<int>)count.MakeGenericMethod(type).Invoke(null, [db])!}");
        // The ring of form keys is made on the first form.
        return string.Join('\n', counts.Where(c => !c.StartsWith("RingKey", StringComparison.Ordinal)).Order());
    }

    private static Task<int> CountAsync<T>(AppDb db)
        where T : class => db.Set<T>().CountAsync(Ct);
}
