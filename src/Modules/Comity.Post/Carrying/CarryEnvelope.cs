using System.ComponentModel.DataAnnotations;
using System.Text;
using Comity.Kernel.Data;
using Comity.Kernel.Keys;
using Comity.Kernel.Modules;
using Comity.Kernel.Outcomes;
using Comity.Kernel.Viewing;
using Comity.Post.HttpSignatures;
using Comity.Post.Sending;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Comity.Post.Carrying;

/// <summary>An envelope of whatever origin, to be posted to a node now and once.</summary>
internal sealed record CarryEnvelope(
    [property: Required] Uri Node,
    [property: Required, MinLength(1), MaxLength((int)SignatureProfile.MaxLength)] byte[] Envelope
);

/// <summary>What the node answered, as it stood on the wire.</summary>
internal sealed record Carried(int Status, string Body);

/// <summary>
/// Posts once: no parcel is kept and nothing is tried again. The operator sees the bare answer, of which a receipt can
/// be taken back to whoever sealed the envelope.
/// </summary>
internal sealed class CarryEnvelopeHandler(PeerCall call, AppDbFactory databases, KeyStore keys)
{
    private static readonly Problem NoKey = Problem.NotNow(
        "post.no-node-key",
        "This node has no key to sign with yet. Nothing was sent."
    );

    private static readonly Problem NotAnAddress = Problem.Invalid(
        "post.not-an-address",
        "This is not the address of a node. Nothing was sent.",
        new Dictionary<string, string>(StringComparer.Ordinal) { ["node"] = "Write https:// and the name of the node." }
    );

    private static readonly Problem NoAnswer = Problem.NotNow(
        "post.no-answer",
        "The node did not answer ({cause}). Should it have the envelope all the same, carrying it again does no harm."
    );

    public async Task<Outcome<Carried>> HandleAsync(CarryEnvelope carry, CancellationToken cancellationToken)
    {
        if (!carry.Node.IsAbsoluteUri)
        {
            return NotAnAddress;
        }

        await using var db = databases.Open(Viewer.System("post"));
        var key = await keys.OpenNodeAsync(db, cancellationToken);
        if (key is null)
        {
            return NoKey;
        }

        var result = await call.CarryAsync(carry.Node, carry.Envelope, key, cancellationToken);
        return result.Status is { } status
            ? new Carried((int)status, Encoding.UTF8.GetString(result.Answer.Span))
            : NoAnswer.With("cause", result.Code);
    }
}

internal static class CarryEnvelopeRoute
{
    public static void MapCarryEnvelope(this IEndpointRouteBuilder api) =>
        api.MapPost(
                "/post/carry",
                async (CarryEnvelope carry, CarryEnvelopeHandler handler, CancellationToken cancellationToken) =>
                    (await handler.HandleAsync(carry, cancellationToken)).ToApi()
            )
            .Needs(PostModule.Carry);
}
