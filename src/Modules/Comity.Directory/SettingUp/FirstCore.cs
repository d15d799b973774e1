using Comity.Directory.Keeping;
using Comity.Protocol;
using Comity.Protocol.Directories;
using Comity.Protocol.Signing;

namespace Comity.Directory.SettingUp;

/// <summary>The first core of a participant: what decides where messages go, and with which keys.</summary>
internal static class FirstCore
{
    /// <summary>The suite of the envelopes that this program seals and opens.</summary>
    public const string Suite = "openpgp-v4-seipd1-aes256";

    private static readonly string[] Order = ["technical", "policy", "diplomatic"];

    public static EntryCore Of(SetUpNode request, MadeKeys keys, Uri nodeUrl, DateTime now)
    {
        var code = ParticipantCode.Parse(request.Participant);
        return new EntryCore
        {
            Code = code,
            Names = request.Names,
            NodeUrl = nodeUrl,
            NodeKeys = [Grant(keys.Node.PublicKey, now)],
            Offices =
            [
                .. request.Offices.Select(o => new OfficeEntry
                {
                    Name = OfficeName.Of(code, o.Slug),
                    Kind = o.Kind,
                    MailAddress = o.Mail,
                    Certificate = keys
                        .Participant.Certify(keys.Offices[OfficeName.Of(code, o.Slug)].Certificate, now)
                        .ToOctets(),
                    Custody = Custody.OwnNode,
                }),
            ],
            EscalationOrder = [.. request.Offices.OrderBy(o => Rank(o.Kind)).Select(o => OfficeName.Of(code, o.Slug))],
            Transports = ["https"],
            Versions = [1],
            Suites = [Suite],
        };
    }

    public static NodeKeyGrant Grant(NodePublicKey key, DateTime now) =>
        new(
            key,
            Instants.InMilliseconds(now - EntryTerms.ClockLeeway),
            Instants.InMilliseconds(now + EntryTerms.NodeKey)
        );

    private static int Rank(string kind) => Array.IndexOf(Order, kind) is >= 0 and var at ? at : Order.Length;
}
