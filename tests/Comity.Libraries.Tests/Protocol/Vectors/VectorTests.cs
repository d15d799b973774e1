using System.Text;
using System.Text.Json.Nodes;
using Comity.Libraries.Tests.Protocol.Directories;
using Comity.Libraries.Tests.Protocol.Envelopes;
using Comity.Libraries.Tests.Protocol.Evidence;
using Comity.OpenPgp;
using Comity.Protocol;
using Comity.Protocol.Directories;
using Comity.Protocol.Envelopes;
using Comity.Protocol.Evidence;
using Comity.Protocol.Messages;
using Comity.Protocol.Signing;

namespace Comity.Libraries.Tests.Protocol.Vectors;

public sealed class VectorTests
{
    [Fact]
    public void The_message_vector_holds()
    {
        var vector = Vector.Read(
            "message.json",
            () =>
            {
                var octets = MessageJson.Write(World.Notification());
                return new JsonObject
                {
                    ["about"] = "Part 2 of a notification, its message digest, and part 1 as every node renders it.",
                    ["octets"] = Convert.ToBase64String(octets),
                    ["digest"] = Digest.Of(octets).Value,
                    ["part1"] = PlainText.Render(MessageJson.Read(octets).Value!),
                };
            }
        );
        var octets = vector.Octets("octets");
        var message = MessageJson.Read(octets).Value!;
        Assert.Equal(vector.Text("digest"), Digest.Of(octets).Value);
        Assert.Equal(vector.Text("part1"), PlainText.Render(message));
        Assert.Equal(octets, MessageJson.Write(message));
    }

    [Fact]
    public void The_vectors_of_kinds_hold()
    {
        var answered = new MessageReference(MessageId.New(World.Now), Digest.Of("before"u8));
        var vector = Vector.Read(
            "kinds.json",
            () =>
                new JsonObject
                {
                    ["about"] = "Part 2 of one message of each further kind, its digest, and part 1.",
                    ["messages"] = new JsonArray(
                        Said(World.ClarificationRequest()),
                        Said(World.Update("It is.") with { Kind = MessageKind.Clarification, InReplyTo = answered }),
                        Said(World.ConsultationRequest()),
                        Said(
                            World.Update("Sent in error.") with
                            {
                                Kind = MessageKind.Withdrawal,
                                InReplyTo = answered,
                            }
                        ),
                        Said(World.Update("All is done.") with { Kind = MessageKind.Closure }),
                        Said(World.Acknowledge(World.Notification(), answered.Digest, World.Qn))
                    ),
                }
        );
        foreach (var said in vector["messages"]!.AsArray())
        {
            var octets = said!.Octets("octets");
            var message = MessageJson.Read(octets).Value!;
            Assert.Equal(said!.Text("kind"), message.Kind.Code());
            Assert.Equal(said!.Text("digest"), Digest.Of(octets).Value);
            Assert.Equal(said!.Text("part1"), PlainText.Render(message));
            Assert.Equal(octets, MessageJson.Write(message));
        }
    }

    [Fact]
    public void The_refused_messages_are_refused_for_their_reasons()
    {
        var good = Encoding.UTF8.GetString(MessageJson.Write(World.Update()));
        var several = Encoding.UTF8.GetString(MessageJson.Write(World.Notification(to: [World.Qn, World.Qx])));
        var vector = Vector.Read(
            "refused-messages.json",
            () =>
                new JsonObject
                {
                    ["about"] = "Messages that are refused, with the code and the path of the reason.",
                    ["messages"] = new JsonArray(
                        Refused(good, "{\"version\":1", "{\"version\":1,\"version\":1"),
                        Refused(good, "{\"version\":1", "{\"version\":9007199254740993"),
                        Refused(good, "{\"version\":1", "{\"version\":1,\"x\":1,\"critical\":[\"x\"]"),
                        Refused(good, "\"exercise\":false", "\"exercise\":0"),
                        Refused(good, "\"exercise\":false", "\"exercise\":true"),
                        Refused(good, "{\"office\":\"QM/technical\"", "{\"office\":\"QN/technical\""),
                        Refused(good, "\"sequence\":1", "\"sequence\":2"),
                        Refused(good, "\"kind\":\"update\"", "\"kind\":\"receipt\""),
                        Refused(good, "\"kind\":\"update\"", "\"kind\":\"ping\""),
                        Refused(several, "\"may-affect-you\"", "\"involves-your-territory\"")
                    ),
                }
        );
        foreach (var refused in vector["messages"]!.AsArray())
        {
            var fault = MessageJson.Read(refused!.Octets("octets")).Fault;
            Assert.Equal(refused!.Text("code"), fault?.Code.ToString());
            Assert.Equal(refused!.Text("path"), fault?.Path);
        }
    }

    [Fact]
    public void The_receipt_vector_is_made_again_octet_for_octet()
    {
        var vector = Vector.Read(
            "receipt.json",
            () =>
            {
                var receipt = SignedDocuments.Sign(Case.NoticeReceipt, World.Qn.Node);
                return new JsonObject
                {
                    ["about"] = "A receipt, the seed of the node key that signs it, and the octets that are signed.",
                    ["seed"] = Convert.ToBase64String(World.Qn.Node.ToSeed()),
                    ["nodeKey"] = World.Qn.Node.PublicKey.Id,
                    ["signedOctets"] = Convert.ToBase64String(receipt.Document.SignedOctets()),
                    ["document"] = Encoding.UTF8.GetString(receipt.Octets.Span),
                };
            }
        );
        using var key = NodeKey.FromSeed(vector.Octets("seed"));
        Assert.Equal(vector.Text("nodeKey"), key.PublicKey.Id);
        var read = SignedDocuments.ReadReceipt(Encoding.UTF8.GetBytes(vector.Text("document"))).Value!;
        Assert.True(read.Document.IsSignedBy(key.PublicKey));
        Assert.Equal(vector.Octets("signedOctets"), read.Document.SignedOctets());
        Assert.Equal(
            vector.Text("document"),
            Encoding.UTF8.GetString(SignedDocuments.Sign(read.Value, key).Octets.Span)
        );
    }

    [Fact]
    public void The_snapshot_vector_is_accepted()
    {
        var vector = Vector.Read(
            "snapshot.json",
            () =>
                new JsonObject
                {
                    ["about"] = "A snapshot with two entries, accepted at the time given under the root's fingerprint.",
                    ["root"] = Publisher.Pinned.Value,
                    ["at"] = Instants.Write(World.Now),
                    ["snapshot"] = Convert.ToBase64String(SnapshotFile.Write(Publisher.Snapshot())),
                }
        );
        Assert.True(Instants.TryParse(vector.Text("at"), out var at));
        var snapshot = SnapshotFile.Read(vector.Octets("snapshot")).Value!;
        var outcome = Following.Follow(FollowingState.Start(Digest.Parse(vector.Text("root"))), snapshot, [], [], at);
        Assert.True(outcome.IsAccepted, outcome.Refusal?.ToString());
        Assert.Equal(["QM", "QN"], outcome.State.Entries.Keys.Order().Select(code => code.Value));
    }

    [Fact]
    public void The_envelope_vectors_are_opened_or_refused_for_their_reasons()
    {
        var vector = Vector.Read("envelopes.json", Envelopes);
        Assert.True(Instants.TryParse(vector.Text("at"), out var at));
        using var key = SecretKey.Read(vector.Octets("recipientKey"), null).Key!;
        var sender = Certificate.Read(vector.Octets("senderCertificate")).Certificate!;
        var context = new OpeningContext
        {
            Own = [new ReceivingOffice(World.Qn.Office, World.Qn.MailAddress, [key])],
            SendersAt = address =>
                address == World.Qm.MailAddress
                    ? [new Correspondent(World.Qm.Office, World.Qm.MailAddress, sender)]
                    : [],
            Transport = EnvelopeTransport.Https,
            Now = at,
        };
        foreach (var envelope in vector["envelopes"]!.AsArray())
        {
            var opening = Envelope.Open(Encoding.ASCII.GetBytes(envelope!.Text("mail")), context);
            Assert.Equal(envelope!.Text("outcome"), opening.Failure?.Code ?? "opened");
        }
    }

    [Fact]
    public void The_evidence_vector_is_all_proven()
    {
        var vector = Vector.Read(
            "evidence.json",
            () =>
                new JsonObject
                {
                    ["about"] = "An evidence file and two trust files; each of them proves every line.",
                    ["evidence"] = Encoding.UTF8.GetString(Case.File.ToJson()),
                    ["trustRoot"] = Encoding.UTF8.GetString(Case.RootOnly.ToJson()),
                    ["trustParticipants"] = Encoding.UTF8.GetString(
                        (Case.ParticipantsOnly with { Roots = [Publisher.Pinned] }).ToJson()
                    ),
                }
        );
        foreach (var name in new[] { "trustRoot", "trustParticipants" })
        {
            var trust = TrustFile.Read(Encoding.UTF8.GetBytes(vector.Text(name))).Value!;
            var report = EvidenceVerifier.Verify(Encoding.UTF8.GetBytes(vector.Text("evidence")), trust);
            Assert.True(report.NothingFailed, string.Join('\n', report.Lines));
        }
    }

    private static JsonObject Envelopes()
    {
        var differing = new Forged();
        differing.Inner = differing.Outer with { To = World.Qx.MailAddress };
        var exercise = new Forged();
        exercise.Parts[2] = (
            Forged.StatementType,
            null,
            Forged.Sign(exercise.Statement() with { Exercise = true }).Octets.ToArray()
        );
        var unnamed = new Forged();
        unnamed.Parts.Add(("application/json", "extra.json", [1]));
        return new JsonObject
        {
            ["about"] =
                "Envelopes from QM/technical to QN/technical over HTTPS, and what becomes of each. The key is a test key.",
            ["at"] = Instants.Write(World.Now),
            ["recipientKey"] = Convert.ToBase64String(World.Qn.OfficeKey.ToOctets()),
            ["senderCertificate"] = Convert.ToBase64String(World.Qm.Certified.ToOctets()),
            ["envelopes"] = new JsonArray(
                Mail(new Forged()),
                Mail(new Forged { Signer = World.Qx.OfficeKey }),
                Mail(differing),
                Mail(exercise),
                Mail(unnamed)
            ),
        };
    }

    private static JsonObject Mail(Forged forged) =>
        new()
        {
            ["outcome"] = forged.Open().Failure?.Code ?? "opened",
            ["mail"] = Encoding.ASCII.GetString(forged.Mail()),
        };

    private static JsonObject Said(Message message)
    {
        var octets = MessageJson.Write(message);
        return new JsonObject
        {
            ["kind"] = message.Kind.Code(),
            ["octets"] = Convert.ToBase64String(octets),
            ["digest"] = Digest.Of(octets).Value,
            ["part1"] = PlainText.Render(message),
        };
    }

    private static JsonObject Refused(string good, string from, string to)
    {
        var octets = Encoding.UTF8.GetBytes(good.Replace(from, to, StringComparison.Ordinal));
        var fault = MessageJson.Read(octets).Fault!;
        return new JsonObject
        {
            ["code"] = fault.Code.ToString(),
            ["path"] = fault.Path,
            ["octets"] = Convert.ToBase64String(octets),
        };
    }
}
