using System.Text;
using Comity.Protocol;
using Comity.Protocol.Messages;
using CsCheck;

namespace Comity.Libraries.Tests.Protocol.Messages;

public sealed class MessageJsonTests
{
    private static readonly string Good = Encoding.UTF8.GetString(MessageJson.Write(World.Notification()));

    [Fact]
    public void A_message_reads_back_as_it_was_written()
    {
        Message[] messages =
        [
            World.Notification(),
            World.Update("ينتهي\n中文"),
            Reply(),
            World.ClarificationRequest(),
            World.ConsultationRequest(),
        ];
        foreach (var message in messages)
        {
            var octets = MessageJson.Write(message);
            var reading = MessageJson.Read(octets);
            Assert.True(reading.IsGood, reading.Fault?.ToString());
            Assert.Equal(octets, MessageJson.Write(reading.Value));
        }
    }

    [Theory]
    [InlineData("\"version\":1", "\"version\":2", MalformationCode.UnknownVersion, "version")]
    [InlineData("\"version\":1", "\"version\":9007199254740993", MalformationCode.NumberTooLarge, "")]
    [InlineData("\"version\":1", "\"version\":1e400", MalformationCode.NumberTooLarge, "")]
    [InlineData("\"version\":1", "\"version\":1,\"version\":1", MalformationCode.DuplicateMember, "")]
    [InlineData("\"version\":1", "\"version\":1,\"\\u0076ersion\":1", MalformationCode.DuplicateMember, "")]
    [InlineData(
        "\"version\":1",
        "\"version\":1,\"later\":true,\"critical\":[\"later\"]",
        MalformationCode.UnknownCritical,
        "critical"
    )]
    [InlineData(
        "\"goodFaith\"",
        "\"critical\":[\"x\"],\"goodFaith\"",
        MalformationCode.UnknownCritical,
        "fields.critical"
    )]
    [InlineData("\"version\":1", "\"version\":1,", MalformationCode.NotJson, "")]
    [InlineData("\"version\":1", "/**/\"version\":1", MalformationCode.NotJson, "")]
    [InlineData("\"handling\":\"OFFICIAL\"", "\"handling\":\"\\ud800\"", MalformationCode.NotUtf8, "")]
    [InlineData("\"handling\":\"OFFICIAL\"", "\"handling\":\"A\\u0000B\"", MalformationCode.BadValue, "handling")]
    [InlineData("\"handling\":\"OFFICIAL\"", "\"handling\":\"A\\nTLP:CLEAR\"", MalformationCode.BadValue, "handling")]
    [InlineData("\"handling\":\"OFFICIAL\"", "\"handling\":\"A\\u202eB\"", MalformationCode.BadValue, "handling")]
    [InlineData("\"handling\":\"OFFICIAL\"", "\"handling\":\"A\\u2028B\"", MalformationCode.BadValue, "handling")]
    [InlineData("\"scale\":\"qm-scale\"", "\"scale\":\"q\\u2066m\"", MalformationCode.BadValue, "severity.scale")]
    [InlineData("\"kind\":\"notification\"", "\"kind\":\"receipt\"", MalformationCode.MissingMember, "fields.text")]
    [InlineData("\"kind\":\"notification\"", "\"kind\":\"unheard-of\"", MalformationCode.BadValue, "kind")]
    [InlineData("\"to\":[\"QN/technical\"]", "\"to\":[]", MalformationCode.MissingMember, "to")]
    [InlineData(
        "\"to\":[\"QN/technical\"]",
        "\"to\":[\"QN/technical\",\"QN/technical\"]",
        MalformationCode.BadValue,
        "to"
    )]
    [InlineData("\"to\":[\"QN/technical\"]", "\"to\":[\"QM/technical\"]", MalformationCode.BadValue, "to")]
    [InlineData("\"sequence\":1", "\"sequence\":0", MalformationCode.BadValue, "chain[0].sequence")]
    [InlineData("\"sequence\":1", "\"sequence\":2", MalformationCode.BadValue, "chain[0].previous")]
    [InlineData("\"office\":\"QN/technical\"", "\"office\":\"QX/technical\"", MalformationCode.BadValue, "chain")]
    [InlineData("\"exercise\":false", "\"exercise\":\"false\"", MalformationCode.WrongType, "exercise")]
    [InlineData("\"exercise\":false,", "", MalformationCode.MissingMember, "exercise")]
    [InlineData("\"tlp\":\"AMBER\"", "\"tlp\":\"amber\"", MalformationCode.BadValue, "tlp")]
    [InlineData("\"language\":\"en\"", "\"language\":\"EN en\"", MalformationCode.BadValue, "language")]
    [InlineData("0penedByQM-AAAAAAAAAAA", "AAAA", MalformationCode.BadValue, "nonce")]
    [InlineData("\"value\":\"aaaa", "\"value\":\"zaaa", MalformationCode.BadValue, "fields.hashes[0].value")]
    public void What_breaks_a_rule_is_refused_with_its_reason(
        string good,
        string bad,
        MalformationCode code,
        string path
    )
    {
        Assert.Contains(good, Good, StringComparison.Ordinal);
        var fault = MessageJson.Read(Encoding.UTF8.GetBytes(Replace(good, bad))).Fault;
        Assert.Equal(new Malformation(code, path), fault);
    }

    [Fact]
    public void Octets_that_are_not_utf_8_are_refused()
    {
        var octets = Encoding.UTF8.GetBytes(Good);
        octets[Good.IndexOf("OFFICIAL", StringComparison.Ordinal)] = 0xff;
        Assert.Equal(MalformationCode.NotUtf8, MessageJson.Read(octets).Fault?.Code);
    }

    [Fact]
    public void Nesting_deeper_than_sixteen_is_refused()
    {
        var deep = Replace("\"version\":1", $"\"version\":1,\"x\":{new string('[', 20)}{new string(']', 20)}");
        Assert.Equal(MalformationCode.NotJson, MessageJson.Read(Encoding.UTF8.GetBytes(deep)).Fault?.Code);
    }

    [Fact]
    public void A_message_over_its_bound_is_refused_before_it_is_parsed() =>
        Assert.Equal(MalformationCode.TooLarge, MessageJson.Read(new byte[MessageLimits.Octets + 1]).Fault?.Code);

    [Fact]
    public void An_unknown_member_is_tolerated_where_it_is_not_critical()
    {
        var later = Replace("\"version\":1", "\"version\":1,\"later\":{\"a\":[1,2]},\"critical\":[\"tlp\"]");
        Assert.True(MessageJson.Read(Encoding.UTF8.GetBytes(later)).IsGood);
    }

    [Fact]
    public void A_kind_that_travels_unsealed_is_no_message()
    {
        var message = World.Update(change: m => m with { Kind = MessageKind.Receipt, InReplyTo = Reference() });
        Assert.Equal(new Malformation(MalformationCode.NotAllowedForKind, "kind"), Fault(message));
    }

    [Fact]
    public void A_kind_of_a_later_version_is_said_to_be_not_implemented()
    {
        var message = World.Update(change: m => m with { Kind = MessageKind.AssistanceRequest });
        Assert.Equal(new Malformation(MalformationCode.KindNotImplemented, "kind"), Fault(message));
    }

    [Fact]
    public void An_acknowledgement_names_what_it_acknowledges() =>
        Assert.Equal(
            new Malformation(MalformationCode.MissingMember, "inReplyTo"),
            Fault(Reply() with { InReplyTo = null })
        );

    [Fact]
    public void What_asks_for_nothing_sets_no_time() =>
        Assert.Equal(
            new Malformation(MalformationCode.NotAllowedForKind, "replyBy"),
            Fault(World.Update(change: m => m with { ReplyBy = World.Now.AddDays(1) }))
        );

    [Fact]
    public void Whose_territory_is_involved_is_said_to_that_participant_alone()
    {
        static Message Said(Relation relation, params Party[] to) =>
            World.Notification(fields => fields with { Relation = relation }, to);

        var blame = new Malformation(MalformationCode.ForOneParticipant, "fields.relation");
        Assert.Equal(blame, Fault(Said(Relation.InvolvesYourTerritory, World.Qn, World.Qx)));
        var copied = Said(Relation.InvolvesYourTerritory, World.Qn, World.Qx);
        Assert.Equal(blame, Fault(copied with { To = [World.Qn.Office], Cc = [World.Qx.Office] }));
        Assert.Null(Fault(Said(Relation.InvolvesYourTerritory, World.Qn)));
        Assert.Null(Fault(Said(Relation.MayAffectYou, World.Qn, World.Qx)));
        Assert.Null(Fault(Said(Relation.ForInformation, World.Qn, World.Qx)));
    }

    [Fact]
    public void A_request_for_clarification_asks_something() =>
        Assert.Equal(
            new Malformation(MalformationCode.MissingMember, "fields.questions"),
            Fault(World.ClarificationRequest() with { Fields = new ClarificationRequestFields(Priority.Routine, []) })
        );

    [Theory]
    [InlineData("\"priority\":\"immediate\"", "\"priority\":\"flash\"", MalformationCode.BadValue, "fields.priority")]
    [InlineData("\"priority\":\"immediate\",", "", MalformationCode.MissingMember, "fields.priority")]
    [InlineData("\"questions\":[", "\"questions\":[7,", MalformationCode.WrongType, "fields.questions[0]")]
    [InlineData("\"questions\":[", "\"questions\":[\"\",", MalformationCode.BadValue, "fields.questions[0]")]
    public void A_request_for_clarification_breaks_a_rule_with_its_reason(
        string good,
        string bad,
        MalformationCode code,
        string path
    )
    {
        var written = Encoding.UTF8.GetString(MessageJson.Write(World.ClarificationRequest()));
        var broken = Encoding.UTF8.GetBytes(written.Replace(good, bad, StringComparison.Ordinal));
        Assert.Equal(new Malformation(code, path), MessageJson.Read(broken).Fault);
    }

    [Fact]
    public void A_clarification_names_what_it_answers() =>
        Assert.Equal(
            new Malformation(MalformationCode.MissingMember, "inReplyTo"),
            Fault(World.Update(change: m => m with { Kind = MessageKind.Clarification }))
        );

    [Fact]
    public void Seen_until_is_not_before_seen_from() =>
        Assert.Equal(
            new Malformation(MalformationCode.BadValue, "fields.seenUntil"),
            Fault(World.Notification(fields => fields with { SeenUntil = World.Now.AddDays(-9) }))
        );

    [Theory]
    [InlineData("../x.json")]
    [InlineData("a/b.json")]
    [InlineData("a\\b.json")]
    [InlineData(".hidden")]
    [InlineData("nul.txt")]
    [InlineData("report\u202egnp.exe")]
    [InlineData("report.pdf ")]
    public void An_attachment_name_that_could_do_harm_is_refused(string name) =>
        Assert.Equal("attachments[0].name", ComposeFault(World.Attachment(name, [1]))?.Path);

    [Fact]
    public void Attachments_whose_names_differ_in_case_only_are_refused() =>
        Assert.Equal(
            "attachments",
            ComposeFault(World.Attachment("a.json", [1]), World.Attachment("A.json", [2]))?.Path
        );

    [Fact]
    public void No_flipped_octet_makes_the_reader_throw()
    {
        var octets = Encoding.UTF8.GetBytes(Good);
        Gen.Select(Gen.Int[0, octets.Length - 1], Gen.Byte)
            .Sample(
                (at, value) =>
                {
                    var copy = octets.ToArray();
                    copy[at] = value;
                    var reading = MessageJson.Read(copy);
                    return reading.IsGood == reading.Fault is null;
                },
                iter: 5000
            );
    }

    [Fact]
    public void Any_text_reads_back_with_its_line_ends_normalised()
    {
        Gen.String[1, 200]
            .Where(text =>
                !text.Any(c => char.IsSurrogate(c) || (char.IsControl(c) && c is not ('\n' or '\r' or '\t')))
            )
            .Sample(text =>
            {
                var reading = MessageJson.Read(MessageJson.Write(World.Update(text)));
                return reading.IsGood && ((TextFields)reading.Value.Fields).Text == text.ReplaceLineEndings("\n");
            });
    }

    private static string Replace(string good, string bad)
    {
        var at = Good.IndexOf(good, StringComparison.Ordinal);
        return Good[..at] + bad + Good[(at + good.Length)..];
    }

    private static MessageReference Reference() => new(MessageId.New(World.Now), Digest.Of("x"u8));

    private static Message Reply() => World.Acknowledge(World.Notification(), Digest.Of("x"u8), World.Qn);

    private static Malformation? Fault(Message message) => MessageJson.Read(MessageJson.Write(message)).Fault;

    private static Malformation? ComposeFault(params Comity.Protocol.Envelopes.AttachmentSource[] attachments) =>
        Comity.Protocol.Envelopes.ComposedMessage.Compose(World.Update(), attachments).Fault;
}
