using Comity.Directory.Confirming;
using Comity.Directory.Finding;
using Comity.Directory.Following;
using Comity.Directory.Keeping;
using Comity.Directory.Keys;
using Comity.Directory.Managing;
using Comity.Directory.Naming;
using Comity.Directory.SettingUp;
using Comity.Kernel.Modules;
using Comity.Kernel.Outcomes;
using Comity.Kernel.Viewing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Comity.Directory;

/// <summary>The routes of the room: for the operator's programs, and between nodes.</summary>
internal static class DirectoryRoutes
{
    public static void Map(ModuleRoutes routes)
    {
        MapDirectory(routes.Api);
        MapKeys(routes.Api);
        DirectoryPages.Map(routes);
        ConfirmPages.Map(routes);
        FollowPages.Map(routes);
        PutAsideRoutes.Map(routes);
        AdmitPages.Map(routes);
        PublishPages.Map(routes);
        StatesPages.Map(routes);
        StatesAsData.Map(routes);
        const string Public = "The directory is the same for everybody who asks, and signed";
        routes
            .Peers.MapGet(ServeOwnEntry.Path, ServeOwnEntry.HandleAsync)
            .Open(Public)
            .RequireRateLimiting(PublicLimit.Policy);
        routes
            .Peers.MapGet("/directory/v1/snapshot", ServeSnapshot.SnapshotAsync)
            .Open(Public)
            .RequireRateLimiting(PublicLimit.Policy);
        routes
            .Peers.MapGet("/directory/v1/headers", ServeSnapshot.HeadersAsync)
            .Open(Public)
            .RequireRateLimiting(PublicLimit.Policy);
    }

    private static void MapDirectory(RouteGroupBuilder api)
    {
        api.MapGet("/directory", async (OverviewReader use, CancellationToken ct) => await use.ReadAsync(ct))
            .Needs(DirectoryModule.See);
        api.MapGet("/directory/own-entry", OwnEntryAsync).Needs(DirectoryModule.See);
        api.MapPost(
                "/directory/setup",
                async (SetUpNode asked, SetUpHandler use, CurrentViewer v, CancellationToken ct) =>
                    (await use.HandleAsync(asked, v.Viewer, ct)).ToApi()
            )
            .Needs(DirectoryModule.Operate);
        api.MapPost(
                "/directory/follow",
                async (FollowDirectory asked, FollowDirectoryHandler use, CurrentViewer v, CancellationToken ct) =>
                    (await use.HandleAsync(asked, v.Viewer, ct)).ToApi()
            )
            .Needs(DirectoryModule.Operate);
        api.MapPost(
                "/directory/poll",
                async (FollowDirectoryHandler use, CurrentViewer v, CancellationToken ct) =>
                    (await use.HandleAsync(new PollNow(), v.Viewer, ct)).ToApi()
            )
            .Needs(DirectoryModule.Operate);
        api.MapPost(
                "/directory/confirm",
                async (ConfirmKey asked, ConfirmKeyHandler use, CurrentViewer v, CancellationToken ct) =>
                    (await use.HandleAsync(asked, v.Viewer, ct)).ToApi()
            )
            .Needs(DirectoryModule.Operate);
        api.MapPost(
                "/directory/admit",
                async (AdmitEntry asked, AdmitEntryHandler use, CurrentViewer v, CancellationToken ct) =>
                    (await use.HandleAsync(asked, v.Viewer, ct)).ToApi()
            )
            .Needs(DirectoryModule.Manage);
        api.MapPost(
                "/directory/publish",
                async (Publisher use, CurrentViewer v, CancellationToken ct) =>
                    (await use.PublishAsync(v.Viewer, onlyWhereNeeded: false, ct)).ToApi()
            )
            .Needs(DirectoryModule.Manage);
        api.MapPost(
                "/directory/delegate",
                async (DelegateKey asked, DelegateKeyHandler use, CurrentViewer v, CancellationToken ct) =>
                    (await use.HandleAsync(asked, v.Viewer, ct)).ToApi()
            )
            .Needs(DirectoryModule.Manage);
    }

    private static void MapKeys(RouteGroupBuilder api)
    {
        api.MapGet("/keys", async (KeyList use, CancellationToken ct) => await use.ReadAsync(ct))
            .Needs(DirectoryModule.Operate);
        api.MapPost(
                "/keys",
                async (CreateKey asked, CreateKeyHandler use, CurrentViewer v, CancellationToken ct) =>
                    (await use.HandleAsync(asked, v.Viewer, ct)).ToApi()
            )
            .Needs(DirectoryModule.Operate);
        api.MapPost(
                "/keys/export",
                async (ExportKey asked, ExportKeyHandler use, CancellationToken ct) =>
                    (await use.HandleAsync(asked, ct)).ToApi()
            )
            .Needs(DirectoryModule.Operate);
        api.MapPost(
                "/keys/import",
                async (ImportKey asked, ImportKeyHandler use, CurrentViewer v, CancellationToken ct) =>
                    (await use.HandleAsync(asked, v.Viewer, ct)).ToApi()
            )
            .Needs(DirectoryModule.Operate);
        api.MapPost(
                "/keys/revoke",
                async (RevokeKey asked, RevokeKeyHandler use, CurrentViewer v, CancellationToken ct) =>
                    (await use.HandleAsync(asked, v.Viewer, ct)).ToApi()
            )
            .Needs(DirectoryModule.Operate);
    }

    private static async Task<IResult> OwnEntryAsync(DirectoryQueries directory, CancellationToken ct) =>
        await directory.OwnEntryAsync(ct) is { } entry
            ? TypedResults.Bytes(entry.Octets.ToArray(), ServeOwnEntry.MediaType)
            : TypedResults.NotFound();
}
