using System.Text;
using Comity.Libraries.Tests.OpenPgp;
using Comity.OpenPgp;
using Comity.Protocol;
using Comity.Protocol.Envelopes;
using Comity.Protocol.Messages;
using Comity.Protocol.Signing;

namespace Comity.Libraries.Tests.Protocol.Envelopes;

/// <summary>The signed statement in an envelope says what the message says, or the envelope is refused.</summary>
public sealed class StatementRefusalTests
{
    [Fact]
    public void No_statement_is_refused() => Forged.Without(2).Refused(EnvelopeRefusal.StatementMissing);

    [Fact]
    public void Two_statements_are_refused()
    {
        var forged = new Forged();
        forged.Parts.Add(forged.Parts[2]);
        forged.Refused(EnvelopeRefusal.TwoStatements);
    }

    [Fact]
    public void A_statement_that_cannot_be_read_is_refused() =>
        WithStatement("{}"u8.ToArray()).Refused(EnvelopeRefusal.StatementMalformed);

    [Fact]
    public void A_statement_signed_by_another_key_is_refused() =>
        WithStatement(statement => statement, World.Qx.OfficeKey).Refused(EnvelopeRefusal.StatementNotSigned);

    [Fact]
    public void A_statement_with_the_signature_of_another_statement_is_refused()
    {
        var forged = new Forged();
        var other = Forged.Sign(forged.Statement() with { Message = MessageId.New(World.Now) });
        var mixed = Forged.Sign(forged.Statement()).Document with { Signatures = other.Document.Signatures };
        forged.Parts[2] = (Forged.StatementType, null, mixed.ToJson());
        forged.Refused(EnvelopeRefusal.StatementNotSigned);
    }

    [Fact]
    public void A_statement_that_disagrees_on_the_exercise_is_refused() =>
        WithStatement(s => s with { Exercise = true }).Refused(EnvelopeRefusal.ExerciseDisagrees);

    [Fact]
    public void A_statement_that_disagrees_on_anything_else_is_refused()
    {
        Func<DispatchStatement, DispatchStatement>[] changes =
        [
            s => s with { MessageDigest = Digest.Of("other"u8) },
            s => s with { Message = MessageId.New(World.Now) },
            s => s with { Conversation = ConversationId.Of(World.Qx.Office, exercise: false, World.Opening.Nonce) },
            s => s with { Kind = MessageKind.Information },
            s => s with { From = World.Qx.Office },
            s => s with { To = World.Qx.Office, Chain = new ChainLink(World.Qx.Office, 1, null) },
            s => s with { Record = RecordMode.Logged },
            s => s with { Created = World.Now.AddSeconds(1) },
            s => s with { Chain = new ChainLink(World.Qn.Office, 2, Digest.Of("x"u8)) },
            s => s with { InReplyTo = new MessageReference(MessageId.New(World.Now), Digest.Of("x"u8)) },
        ];
        Assert.All(changes, change => WithStatement(change).Refused(EnvelopeRefusal.StatementDisagrees));
    }

    private static Forged WithStatement(byte[] octets)
    {
        var forged = new Forged();
        forged.Parts[2] = (Forged.StatementType, null, octets);
        return forged;
    }

    private static Forged WithStatement(Func<DispatchStatement, DispatchStatement> change, SecretKey? by = null)
    {
        var forged = new Forged();
        forged.Parts[2] = (Forged.StatementType, null, Forged.Sign(change(forged.Statement()), by).Octets.ToArray());
        return forged;
    }
}
