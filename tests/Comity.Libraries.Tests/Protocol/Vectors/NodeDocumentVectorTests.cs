using System.Text;
using System.Text.Json.Nodes;
using Comity.Protocol;
using Comity.Protocol.Signing;

namespace Comity.Libraries.Tests.Protocol.Vectors;

/// <summary>What a node asks and tells other nodes of its own accord, as vectors.</summary>
public sealed class NodeDocumentVectorTests
{
    private static readonly Dictionary<string, Func<ReadOnlyMemory<byte>, Malformation?>> Readers = new(
        StringComparer.Ordinal
    )
    {
        [DocumentTypes.ResendRequest] = octets => SignedDocuments.ReadResendRequest(octets).Fault,
        [DocumentTypes.GapRequest] = octets => SignedDocuments.ReadGapRequest(octets).Fault,
        [DocumentTypes.KeyNotice] = octets => SignedDocuments.ReadKeyNotice(octets).Fault,
    };

    [Fact]
    public void The_vectors_of_what_a_node_asks_and_tells_hold()
    {
        var vector = Vector.Read("node-documents.json", Make);
        Assert.True(NodePublicKey.TryParse(vector.Text("nodeKey"), out var key));
        using var node = NodeKey.FromSeed(vector.Octets("seed"));
        foreach (var one in vector["documents"]!.AsArray())
        {
            var octets = Encoding.UTF8.GetBytes(one!.Text("document"));
            Assert.Null(Readers[one!.Text("type")](octets));
            var document = SignedDocument.Read(octets, one!.Text("type"), 1 << 15).Value!;
            Assert.True(document.IsSignedBy(key));
            Assert.Equal(one!.Text("document"), Encoding.UTF8.GetString(Again(one!.Text("type"), octets, node)));
        }
        foreach (var one in vector["refused"]!.AsArray())
        {
            var fault = Readers[one!.Text("type")](Encoding.UTF8.GetBytes(one!.Text("document")));
            Assert.Equal((one!.Text("code"), one!.Text("path")), (fault!.Code.ToString(), fault.Path));
        }
    }

    private static ReadOnlySpan<byte> Again(string type, byte[] octets, NodeKey node) =>
        type switch
        {
            DocumentTypes.ResendRequest => SignedDocuments
                .Sign(SignedDocuments.ReadResendRequest(octets).Value!.Value, node)
                .Octets.Span,
            DocumentTypes.GapRequest => SignedDocuments
                .Sign(SignedDocuments.ReadGapRequest(octets).Value!.Value, node)
                .Octets.Span,
            _ => SignedDocuments.Sign(SignedDocuments.ReadKeyNotice(octets).Value!.Value, node).Octets.Span,
        };

    private static JsonObject Make()
    {
        var resend = SignedDocuments.Sign(
            new ResendRequest
            {
                By = World.Qn.Code,
                Of = World.Qm.Code,
                Since = World.Now.AddDays(-2),
                At = World.Now,
            },
            World.Qn.Node
        );
        var gap = SignedDocuments.Sign(
            new GapRequest
            {
                By = World.Qn.Office,
                Of = World.Qm.Office,
                Conversation = World.Notification().Conversation,
                Places = [2, 3, 7],
                At = World.Now,
            },
            World.Qn.Node
        );
        var notice = SignedDocuments.Sign(
            new KeyNotice
            {
                Of = World.Qn.Code,
                Sequence = 12,
                At = World.Now,
            },
            World.Qn.Node
        );
        return new JsonObject
        {
            ["about"] =
                "What a node asks and tells others: each document, and payloads that are refused with code and path.",
            ["seed"] = Convert.ToBase64String(World.Qn.Node.ToSeed()),
            ["nodeKey"] = World.Qn.Node.PublicKey.Id,
            ["documents"] = new JsonArray(Good(resend.Document), Good(gap.Document), Good(notice.Document)),
            ["refused"] = new JsonArray(
                Bad(resend.Document, "\"of\":\"QM\"", "\"of\":\"QN\""),
                Bad(gap.Document, "[2,3,7]", "[]"),
                Bad(gap.Document, "[2,3,7]", "[0,3]"),
                Bad(gap.Document, "[2,3,7]", "[3,2]"),
                Bad(gap.Document, "[2,3,7]", "[2,2]"),
                Bad(gap.Document, "[2,3,7]", "[2.5]"),
                Bad(gap.Document, "\"of\":\"QM/technical\"", "\"of\":\"QN/technical\""),
                Bad(notice.Document, "12", "0"),
                Bad(notice.Document, "\"of\":\"QN\",", ""),
                Bad(notice.Document, "12", "12,\"entry\":1,\"critical\":[\"entry\"]")
            ),
        };
    }

    private static JsonObject Good(SignedDocument document) =>
        new() { ["type"] = document.Type, ["document"] = Encoding.UTF8.GetString(document.ToJson()) };

    private static JsonObject Bad(SignedDocument good, string from, string to)
    {
        var said = Encoding.UTF8.GetString(good.Payload.Span);
        var payload = Encoding.UTF8.GetBytes(said.Replace(from, to, StringComparison.Ordinal));
        var signed = new SignedDocument(good.Type, payload, []).SignedBy(World.Qn.Node).ToJson();
        var fault = Readers[good.Type](signed)!;
        return new JsonObject
        {
            ["type"] = good.Type,
            ["code"] = fault.Code.ToString(),
            ["path"] = fault.Path,
            ["document"] = Encoding.UTF8.GetString(signed),
        };
    }
}
