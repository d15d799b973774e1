using System.Globalization;
using Comity.Protocol;
using Comity.Protocol.Conversations;
using Comity.Protocol.Messages;
using CsCheck;

namespace Comity.Libraries.Tests.Protocol.Conversations;

/// <summary>
/// Whole conversations by chance: two to four offices that say things of every kind that is implemented, whether they may
/// or not, in reply to what was said, to what never came or to something else; with receipts and deliveries.
/// </summary>
internal sealed record RandomConversation(
    IReadOnlyList<OfficeName> Offices,
    bool Exercise,
    IReadOnlyList<MessageFact> Messages,
    IReadOnlyList<ConversationFact> Notes
)
{
    private static readonly OfficeName[] All =
    [
        .. new[] { "QM/technical", "QN/technical", "QP/policy", "QX/technical" }.Select(OfficeName.Parse),
    ];

    private static readonly ConversationOpening Opening = new(All[0], World.Opening.Nonce);

    private static readonly MessageKind[] Sayable =
    [
        .. Kinds.All.Where(rule => rule is { Implemented: true, Sealed: true }).Select(rule => rule.Kind),
    ];

    private static readonly Gen<Saying> Sayings = Gen.Select(
        Gen.Int[0, 3],
        Gen.Int[0, 99],
        Gen.Int[1, 15],
        Gen.Int[-3, 11],
        Gen.Int[-90, 600],
        Gen.Int[0, 9],
        Gen.Int[0, 11],
        (author, kind, to, parent, minutes, place, turn) => new Saying(author, kind, to, parent, minutes, place, turn)
    );

    private static readonly Gen<Note> NoteGen = Gen.Select(
        Gen.Int[0, 11],
        Gen.Int[0, 3],
        Gen.Int[0, 4],
        Gen.Int[-90, 600],
        (message, office, what, minutes) => new Note(message, office, what, minutes)
    );

    /// <summary>Nobody of them.</summary>
    public static OfficeName Stranger { get; } = OfficeName.Parse("QW/technical");

    public static Gen<RandomConversation> Any { get; } =
        Gen.Select(
            Gen.Int[2, 4],
            Gen.Bool,
            Sayings.List[1, 12],
            NoteGen.List[0, 12],
            (offices, exercise, said, notes) => Make(All[..offices], exercise, said, notes)
        );

    public IReadOnlySet<OfficeName> Own => new HashSet<OfficeName> { Offices[1] };

    public IReadOnlyList<ConversationFact> Facts => [.. Messages, .. Notes];

    /// <summary>What a stranger says, who was told of the conversation and named by nobody.</summary>
    public IEnumerable<MessageFact> OfAStranger() =>
        Sayable.SelectMany(
            (kind, i) =>
                Messages
                    .Select(fact => (MessageReference?)new(fact.Message.Id, fact.Digest))
                    .Append(null)
                    .Select(
                        (parent, j) =>
                            Fact(Said(500 + (i * 20) + j, kind, Stranger, [Offices[1]], i - 30, parent, Exercise))
                    )
        );

    private static RandomConversation Make(
        OfficeName[] offices,
        bool exercise,
        IReadOnlyList<Saying> said,
        IReadOnlyList<Note> notes
    )
    {
        var messages = new List<MessageFact>();
        var places = new Dictionary<(OfficeName, OfficeName), ChainLink>();
        foreach (var saying in said)
        {
            var from = messages.Count == 0 ? offices[0] : offices[saying.Author % offices.Length];
            List<OfficeName> to = [.. offices.Where((o, i) => o != from && (saying.To >> i & 1) == 1)];
            if (to.Count == 0)
            {
                to.Add(offices.First(o => o != from));
            }

            var kind = messages.Count == 0 ? MessageKind.Notification : Sayable[saying.Kind % Sayable.Length];
            var message = Said(messages.Count, kind, from, to, saying.Minutes, Parent(saying, messages), exercise) with
            {
                Exercise = exercise != (saying.Turn == 0),
                Opening = messages.Count == 0 ? null : Opening,
                Nonce = messages.Count == 0 ? Opening.Nonce : "AAAAAAAAAAAAAAAAAAAAAA",
            };
            var chain = to.Select(office => Link(saying.Place, places.GetValueOrDefault((from, office)), office));
            var fact = Fact(message with { Chain = [.. chain] });
            messages.Add(fact);
            foreach (var link in fact.Message.Chain)
            {
                places[(from, link.Office)] = link with { Previous = fact.Digest };
            }
        }

        return new RandomConversation(offices, exercise, messages, [.. notes.Select(n => n.On(messages, offices))]);
    }

    private static Message Said(
        int number,
        MessageKind kind,
        OfficeName from,
        IReadOnlyList<OfficeName> to,
        int minutes,
        MessageReference? parent,
        bool exercise
    ) =>
        new()
        {
            Id = MessageId.Parse(string.Create(CultureInfo.InvariantCulture, $"019d7667-b000-7000-8000-{number:x12}")),
            Nonce = "AAAAAAAAAAAAAAAAAAAAAA",
            Conversation = Opening.Id(exercise),
            Opening = Opening,
            Kind = kind,
            From = from,
            To = to,
            Created = World.Now.AddMinutes(minutes),
            Language = "en",
            Tlp = Tlp.Amber,
            Exercise = exercise,
            Record = RecordMode.BetweenUs,
            InReplyTo = parent,
            Chain = [.. to.Select(office => new ChainLink(office, 1, null))],
            Fields =
                kind != MessageKind.Acknowledgement ? new TextFields("Said.")
                : minutes % 3 == 0 ? new AcknowledgementFields(AcknowledgementForm.NotTheRightOffice, null, to[0])
                : new AcknowledgementFields(AcknowledgementForm.Acknowledged, World.Now.AddDays(1)),
        };

    // Mostly to something that was said; else to what never came, to other content under a known id, or to nothing.
    private static MessageReference? Parent(Saying saying, List<MessageFact> before)
    {
        if (saying.Parent == -1 || before.Count == 0)
        {
            return null;
        }

        var named = before[Math.Abs(saying.Parent) % before.Count];
        return saying.Parent switch
        {
            -3 => new MessageReference(MessageId.Parse("019d7667-b000-7000-8000-ffffffffffff"), Digest.Of("never"u8)),
            -2 => new MessageReference(named.Message.Id, Digest.Of("other"u8)),
            _ => new MessageReference(named.Message.Id, named.Digest),
        };
    }

    // Now and then a place is left out, or taken twice.
    private static ChainLink Link(int place, ChainLink? before, OfficeName office) =>
        before is null ? new ChainLink(office, place == 0 ? 2 : 1, place == 0 ? Digest.Of("never"u8) : null)
        : place == 1 ? before with { Previous = before.Sequence == 1 ? null : Digest.Of("never"u8) }
        : before with { Sequence = before.Sequence + (place == 0 ? 2 : 1) };

    private static MessageFact Fact(Message message) => new(Digest.Of(MessageJson.Write(message)), message);

    private sealed record Saying(int Author, int Kind, int To, int Parent, int Minutes, int Place, int Turn);

    private sealed record Note(int Message, int Office, int What, int Minutes)
    {
        public ConversationFact On(List<MessageFact> messages, OfficeName[] offices)
        {
            var (digest, at) = (messages[Message % messages.Count].Digest, World.Now.AddMinutes(Minutes));
            var office = offices[Office % offices.Length];
            return What switch
            {
                0 => new ReceiptFact(digest, office, ReceiptLevel.Stored, at),
                1 => new ReceiptFact(digest, office, ReceiptLevel.Opened, at),
                2 => new DeliveryFact(digest, office, Delivery.Accepted, at),
                3 => new DeliveryFact(digest, office, Delivery.HandedOver, at),
                _ => new DeliveryFact(
                    digest,
                    office,
                    Delivery.NotDelivered,
                    at,
                    Minutes % 2 == 0 ? "no-route" : "timeout"
                ),
            };
        }
    }
}
