using Comity.Kernel.Data;
using Comity.Kernel.Modules;
using Comity.Kernel.Viewing;
using Comity.Kernel.Writing;
using Comity.Post.Sending;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Comity.Post.Receiving;

/// <summary>The two doors between nodes: for envelopes, and for what answers them later.</summary>
internal static class Inbox
{
    private const string Open = "Signed by a node key that the directory knows; checked before the body is read.";

    public static void MapInbox(this IEndpointRouteBuilder peers)
    {
        peers
            .MapPost(
                PeerRoutes.Inbox,
                (HttpContext context, Admission admission, IEnvelopeReceiver receiver, Returning returning) =>
                    admission.PassAsync(
                        context,
                        PeerRoutes.Envelopes,
                        async came =>
                        {
                            await returning.PeerCalledAsync(came.Sender, context.RequestAborted);
                            return await receiver.ReceiveEnvelopeAsync(
                                came.Octets,
                                came.Sender,
                                context.RequestAborted
                            );
                        }
                    )
            )
            .Open(Open);
        peers
            .MapPost(
                PeerRoutes.Returns,
                (HttpContext context, Admission admission, IEnvelopeReceiver receiver, Returning returning) =>
                    admission.PassAsync(
                        context,
                        PeerRoutes.Documents,
                        async came =>
                        {
                            await returning.PeerCalledAsync(came.Sender, context.RequestAborted);
                            return await receiver.ReceiveReturnAsync(came.Octets, came.Sender, context.RequestAborted);
                        }
                    )
            )
            .Open(Open);
    }
}

/// <summary>A peer that calls is back: what waits for it is tried at once.</summary>
internal sealed class Returning(Circuits circuits, WriteGate gate, TimeProvider clock)
{
    public async ValueTask PeerCalledAsync(Peer peer, CancellationToken cancellationToken)
    {
        if (circuits.Alive(peer.Node))
        {
            await gate.WriteAsync(
                Viewer.System("post"),
                (db, token) => ParcelSettlement.WakeAsync(db, peer.Node.AbsoluteUri, clock, token),
                cancellationToken
            );
        }
    }
}
