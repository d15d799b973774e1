using Comity.Exchange.Receipts;
using Comity.Exchange.Resending;
using Comity.Ui.Languages;

namespace Comity.Exchange.Words;

/// <summary>Why an envelope was refused. Several rules of the protocol have one sentence for people; the log has each.</summary>
internal static class RefusalWords
{
    private const string Form = /* T */
        "Its content does not have the agreed form.";

    private const string Heads = /* T */
        "Its sealed head and its outer head differ.";

    private const string Statement = /* T */
        "Its signed statement is missing or does not fit the message.";

    private const string Exercise = /* T */
        "It is not clear whether it is an exercise.";

    private const string Attachment = /* T */
        "An attachment is missing, changed, or badly named.";

    private const string SigningTime = /* T */
        "Its signature is dated far from the message.";

    private const string Recipient = /* T */
        "It was signed for another recipient.";

    private const string Opening = /* T */
        "It could not be opened.";

    public static IReadOnlyDictionary<string, string> Table { get; } =
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["not-an-envelope"] = Opening,
            ["not-opened"] = Opening,
            ["not-our-office"] = /* T */
                "It is addressed to no office of this node.",
            ["sender-unknown"] = /* T */
                "No followed directory lists its sender with a key.",
            ["signed-for-another-recipient"] = Recipient,
            ["intended-recipient-missing"] = Recipient,
            ["wrong-signer"] = /* T */
                "It has the right name and the signature of another key.",
            ["signer-key-not-usable"] = /* T */
                "The key that signed it was not usable at that time.",
            ["signer-key-compromised"] = /* T */
                "The key that signed it is revoked as compromised.",
            ["signed-long-before"] = SigningTime,
            ["signed-in-the-future"] = SigningTime,
            ["statement-time-differs"] = SigningTime,
            ["content-malformed"] = Form,
            ["too-many-parts"] = Form,
            ["sealed-headers-refused"] = Form,
            ["message-missing"] = Form,
            ["two-message-parts"] = Form,
            ["message-refused"] = Form,
            ["from-differs"] = Heads,
            ["to-differs"] = Heads,
            ["date-differs"] = Heads,
            ["message-id-differs"] = Heads,
            ["author-is-not-signer"] = /* T */
                "It names another office as its author than the one that signed.",
            ["not-among-recipients"] = /* T */
                "It does not name the receiving office among its recipients.",
            ["statement-missing"] = Statement,
            ["two-statements"] = Statement,
            ["statement-malformed"] = Statement,
            ["statement-not-signed"] = Statement,
            ["statement-disagrees"] = Statement,
            ["exercise-disagrees"] = Exercise,
            ["attachment-name-hostile"] = Attachment,
            ["attachment-not-named"] = Attachment,
            ["attachment-missing"] = Attachment,
            ["attachment-changed"] = Attachment,
            ["other-node"] = /* T */
                "It came through a node that is not its author's.",
            ["too-old"] = /* T */
                "It was made more than thirty days before it came.",
            ["replay-with-other-content"] = /* T */
                "The same message came before with other content.",
            ["record-not-kept"] = /* T */
                "It proposes a record that is not kept there.",
            ["no-node-key"] = /* T */
                "The receiving node has no key to sign a receipt with.",
            ["conversation-full"] = /* T */
                "Its conversation has as many messages of theirs as are kept. A new conversation can be opened.",
            ["clock-ahead"] = /* T */
                "Its time of making is still to come there; it is kept until then. The clock of a node is wrong.",
            ["address-clash"] = /* T */
                "Its entry has the mail address of another participant’s office. One of the two entries is wrong.",
            ["other-opening"] = /* T */
                "Its conversation has the id of another one here.",
            ["put-off"] = /* T */
                "More came in a day than is taken from one participant. The rest waits and is tried again.",
            [TakeBack.NotAskedFor] = /* T */
                "It gives a message back for which this node did not ask.",
            [TakeBack.NotOurs] = /* T */
                "It gives a message back that this office did not write and sign.",
            ["other"] = /* T */
                "For a reason that has no words here.",
        };

    /// <summary>Whether there are words for it.</summary>
    public static bool Knows(string code) => code == Notices.WaitingForKey || Table.ContainsKey(code);

    public static string Of(Texts texts, string code) =>
        Table.ContainsKey(code)
            ? texts.Say(Table, code)
            : texts.T("The cause has no words here: {code}", ("code", code));
}
