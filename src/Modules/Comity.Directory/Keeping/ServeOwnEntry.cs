using Comity.Directory.Finding;
using Comity.Kernel.Data;
using Comity.Kernel.Viewing;
using Comity.Protocol;
using Microsoft.AspNetCore.Http;

namespace Comity.Directory.Keeping;

/// <summary>The newest entry of a participant of this node, for everybody who asks: <c>/.well-known/comity/entry</c>.</summary>
internal static class ServeOwnEntry
{
    public const string Path = "/.well-known/comity/entry";
    public const string MediaType = "application/vnd.comity.signed+json";

    public static async Task<IResult> HandleAsync(string? participant, AppDbFactory databases, CancellationToken ct)
    {
        ParticipantCode? wanted = null;
        if (participant is not null)
        {
            if (!ParticipantCode.TryParse(participant, out var code))
                return TypedResults.NotFound();
            wanted = code;
        }
        await using var db = databases.Open(Viewer.Anonymous);
        var entry = await OwnEntryDocument.ReadAsync(db, wanted, ct);
        return entry is null ? TypedResults.NotFound() : TypedResults.Bytes(entry.Octets.ToArray(), MediaType);
    }
}
