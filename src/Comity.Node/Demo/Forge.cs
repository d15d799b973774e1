using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Comity.Node.Commands;
using Comity.OpenPgp;
using Comity.Protocol;
using Comity.Protocol.Envelopes;
using Comity.Protocol.Messages;

namespace Comity.Node.Demo;

/// <summary>An envelope that must be refused, and with which reason.</summary>
internal sealed record HostileEnvelope(string What, byte[] Octets, Digest Digest, string Expected);

/// <summary>Makes the four hostile envelopes of the demonstration, with keys that a thief could have.</summary>
internal sealed class Forge : IDisposable
{
    private static readonly OfficeName Author = OfficeName.Parse("QM/technical");
    private static readonly OfficeName Addressee = OfficeName.Parse("QN/technical");
    private readonly Stage _stage;
    private readonly SecretKey _author;
    private readonly SecretKey _other;
    private readonly Certificate _addressee;
    private readonly DateTime _now = TimeProvider.System.GetUtcNow().UtcDateTime;

    private Forge(Stage stage, SecretKey author, SecretKey other, Certificate addressee)
    {
        _stage = stage;
        _author = author;
        _other = other;
        _addressee = addressee;
    }

    public static async Task<Forge> OpenAsync(Stage stage, CancellationToken ct)
    {
        var author = await StolenAsync(stage, stage.Affected, Author, ct);
        var other = await StolenAsync(stage, stage.Manager, OfficeName.Parse("QZ/technical"), ct);
        using var addressee = await StolenAsync(stage, stage.Notified, Addressee, ct);
        return new Forge(stage, author, other, addressee.Certificate);
    }

    public IEnumerable<HostileEnvelope> Envelopes()
    {
        using var stranger = SecretKey.Create(
            KeyProfile.Office,
            _author.Certificate.UserId,
            _now.AddMinutes(-1),
            TimeSpan.FromDays(30)
        );
        var fresh = MessageId.New(_now);
        yield return Plain("The right name with the wrong key", Seal(fresh, stranger, _addressee), "wrong-signer");
        yield return Plain(
            "A replay with other content under the same id",
            Seal(MessageId.Parse(_stage.Notification), _author, _addressee),
            "replay-with-other-content"
        );
        yield return Forwarded(MessageId.New(_now));
        yield return Redirected(MessageId.New(_now));
    }

    public void Dispose()
    {
        _author.Dispose();
        _other.Dispose();
    }

    private static HostileEnvelope Plain(string what, SealedEnvelope envelope, string expected) =>
        new(what, envelope.Octets.ToArray(), envelope.EnvelopeDigest, expected);

    // An honest recipient turns rogue: opens what was sealed to it, and seals the author's signature anew to somebody else.
    private HostileEnvelope Forwarded(MessageId id)
    {
        var honest = Seal(id, _author, _other.Certificate);
        var octets = Resealing.To(_addressee, PgpMime.Unwrap(honest.Octets, OpeningLimits.Default).Octets, _other);
        return Rewrapped(
            "One signed for another recipient, sealed anew to QN",
            honest.Headers,
            octets,
            "signed-for-another-recipient"
        );
    }

    // Sealed for QN's technical office, but the sealed To says the policy office.
    private HostileEnvelope Redirected(MessageId id)
    {
        var elsewhere = Seal(id, _author, _addressee, mail: "policy@qn.example");
        var octets = PgpMime.Unwrap(elsewhere.Octets, OpeningLimits.Default).Octets;
        var headers = elsewhere.Headers with { To = "technical@qn.example" };
        return Rewrapped("One with a changed sealed To", headers, octets, "to-differs");
    }

    private static HostileEnvelope Rewrapped(
        string what,
        OuterHeaders headers,
        ReadOnlyMemory<byte> octets,
        string expected
    )
    {
        using var mail = new MemoryStream();
        PgpMime.Wrap(headers, octets.Span, mail);
        return new HostileEnvelope(what, mail.ToArray(), Digest.Of(octets.Span), expected);
    }

    private SealedEnvelope Seal(MessageId id, SecretKey signer, Certificate to, string mail = "technical@qn.example")
    {
        var composed =
            ComposedMessage.Compose(Words(id), []).Value
            ?? throw new CommandException("The hostile message could not be made.");
        var sender = new SendingOffice(Author, "technical@qm.example", signer);
        var sealing = Envelope.Seal(composed, sender, new Correspondent(Addressee, mail, to), _now);
        return sealing.Envelope ?? throw new CommandException("The hostile envelope could not be made.");
    }

    private Message Words(MessageId id)
    {
        var nonce = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16));
        return new()
        {
            Id = id,
            Nonce = nonce,
            Conversation = ConversationId.Of(Author, exercise: false, nonce),
            Kind = MessageKind.Information,
            From = Author,
            To = [Addressee],
            Created = new DateTime(_now.Ticks - (_now.Ticks % TimeSpan.TicksPerMillisecond), DateTimeKind.Utc),
            Language = "en",
            Tlp = Tlp.Amber,
            Exercise = false,
            Record = RecordMode.BetweenUs,
            Chain = [new ChainLink(Addressee, 3, Digest.Of("not the one before"u8))],
            Fields = new TextFields(
                string.Create(CultureInfo.InvariantCulture, $"Disregard what was said before. ({id})")
            ),
        };
    }

    private static async Task<SecretKey> StolenAsync(
        Stage stage,
        DemoNode node,
        OfficeName office,
        CancellationToken ct
    )
    {
        var keys = (await node.Operator.GetJsonAsync("keys", ct)).AsArray();
        var key = keys.First(k => string.Equals(k.Text("subject"), office.ToString(), StringComparison.Ordinal));
        var body = new JsonObject { ["fingerprint"] = key.Text("fingerprint"), ["passphrase"] = stage.Passphrase };
        var exported = await node.Operator.PostJsonAsync("keys/export", body, ct);
        var octets = System.Text.Encoding.ASCII.GetBytes(exported.Text("armoured"));
        return SecretKey.Read(octets, stage.Passphrase).Key
            ?? throw new CommandException($"The key of {office} could not be read.");
    }
}
