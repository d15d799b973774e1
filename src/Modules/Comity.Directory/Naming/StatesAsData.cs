using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Comity.Directory.Managing;
using Comity.Kernel.Modules;
using Comity.States;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Net.Http.Headers;

namespace Comity.Directory.Naming;

/// <summary>Everything that the pages of the States show, for programs and for tables.</summary>
internal static class StatesAsData
{
    public const string Json = "/api/v1/states";
    public const string Csv = "/states.csv";

    private static readonly Lazy<(byte[] Octets, EntityTagHeaderValue Tag)> List = new(() =>
        Tagged(ListOfStates.Document.ToArray())
    );

    private static readonly Lazy<(byte[] Octets, EntityTagHeaderValue Tag)> Table = new(() =>
        Tagged([.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(Written())])
    );

    public static void Map(ModuleRoutes routes)
    {
        routes
            .Api.MapGet("/states", () => Answer(List.Value, "application/json", name: null))
            .Open(StatesPages.Public)
            .Compressed()
            .RequireRateLimiting(PublicLimit.Pages);
        routes
            .Pages.MapGet(Csv, () => Answer(Table.Value, "text/csv; charset=utf-8", $"states-{Day}.csv"))
            .Open(StatesPages.Public)
            .Compressed()
            .RequireRateLimiting(PublicLimit.Pages)
            .ExcludeFromDescription();
    }

    private static string Day => ListOfStates.AsOf.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static FileContentHttpResult Answer(
        (byte[] Octets, EntityTagHeaderValue Tag) data,
        string type,
        string? name
    ) => TypedResults.Bytes(data.Octets, type, name, entityTag: data.Tag);

    // Weak, because the same is sent compressed and as it is.
    private static (byte[], EntityTagHeaderValue) Tagged(byte[] octets) =>
        (
            octets,
            new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(octets))[..16]}\"", isWeak: true)
        );

    /// <summary>A line for each State by its code; begun with the mark by which spreadsheets know UTF-8.</summary>
    private static string Written()
    {
        var languages = ListOfStates.Languages;
        IEnumerable<string> head =
        [
            "alpha2",
            "alpha3",
            "number",
            "membership",
            "region",
            "sub_region",
            "intermediate_region",
            .. languages.Select(l => $"short_{l}"),
            .. languages.Select(l => $"formal_{l}"),
            "unverified",
        ];
        return string.Concat(ListOfStates.All.Select(Cells).Prepend(head).Select(cells => $"{Row(cells)}\r\n"));

        IEnumerable<string> Cells(State state) =>
            [
                state.Alpha2,
                state.Alpha3,
                state.Number,
                state.Membership.ToString().ToLowerInvariant(),
                state.Region.Number,
                state.SubRegion.Number,
                state.IntermediateRegion?.Number ?? "",
                .. languages.Select(state.ShortName),
                .. languages.Select(state.FormalName),
                string.Join(' ', state.Unverified.Select(n => $"{Word(n.Form)}_{n.Language}")),
            ];
    }

    private static string Word(NameForm form) => form == NameForm.ShortName ? "short" : "formal";

    /// <summary>RFC 4180.</summary>
    private static string Row(IEnumerable<string> cells) =>
        string.Join(
            ',',
            cells.Select(c =>
                c.AsSpan().ContainsAny(",\"\r\n") ? $"\"{c.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : c
            )
        );
}
