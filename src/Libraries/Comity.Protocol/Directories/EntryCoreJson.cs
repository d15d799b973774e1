using System.Text.Json;
using Comity.Protocol.Signing;

namespace Comity.Protocol.Directories;

/// <summary>Reads and writes the core of an entry. Its exact octets are what the participant key vouches for.</summary>
public static class EntryCoreJson
{
    internal const int MaxOctets = 256 * 1024;
    private const int MaxCertificate = 64 * 1024;

    private static readonly string[] KnownTransports = ["https", "smtp", "hand"];

    /// <summary>Writes a core.</summary>
    public static byte[] Write(EntryCore core) =>
        JsonText.Write(writer =>
        {
            writer.Text("code", core.Code.Value);
            WriteMap(writer, "names", core.Names.Select(name => (name.Key, name.Value)));
            writer.Text("nodeUrl", core.NodeUrl.AbsoluteUri);
            writer.Objects(
                "nodeKeys",
                core.NodeKeys,
                grant =>
                {
                    writer.Text("key", grant.Key.Id);
                    writer.Instant("from", grant.From);
                    writer.Instant("until", grant.Until);
                }
            );
            writer.Objects("offices", core.Offices, office => WriteOffice(writer, office));
            WriteMap(writer, "entryOffices", core.EntryOffices.Select(entry => (entry.Key.Code(), entry.Value.Value)));
            writer.Texts("escalationOrder", core.EscalationOrder.Select(office => office.Value));
            writer.Texts("transports", core.Transports);
            writer.Wholes("versions", core.Versions);
            writer.Texts("suites", core.Suites);
        });

    /// <summary>Reads a core.</summary>
    public static Reading<EntryCore> Read(ReadOnlyMemory<byte> octets) => StrictJson.Read(octets, MaxOctets, Read);

    private static EntryCore Read(JsonFields fields)
    {
        var core = new EntryCore
        {
            Code = fields.Parsed<ParticipantCode>("code", ParticipantCode.TryParse),
            Names = fields.Map("names", 50, 200),
            NodeUrl = new Uri("https://node.invalid/"),
            NodeKeys = fields.Objects("nodeKeys", 8, ReadGrant),
            Offices = fields.Objects("offices", 100, ReadOffice),
            EntryOffices = ReadEntryOffices(fields),
            EscalationOrder = fields.ParsedList<OfficeName>("escalationOrder", 100, OfficeName.TryParse),
            Transports = fields.Texts("transports", 8, 20),
            Versions = fields.Wholes("versions", 16),
            Suites = fields.Texts("suites", 16, 60),
        };
        if (IsNodeUrl(fields.Text("nodeUrl", 300), out var url))
        {
            core = core with { NodeUrl = url };
        }
        else
        {
            fields.Fault(MalformationCode.BadValue, "nodeUrl");
        }

        Check(core, fields);
        return core;
    }

    private static void Check(EntryCore core, JsonFields fields)
    {
        var offices = core.Offices.Select(office => office.Name).ToHashSet();
        Require(offices.Count == core.Offices.Count && offices.All(name => name.Participant == core.Code), "offices");
        Require(
            core.Offices.DistinctBy(office => office.MailAddress, StringComparer.OrdinalIgnoreCase).Count()
                == core.Offices.Count,
            "offices"
        );
        Require(core.EntryOffices.Values.All(offices.Contains), "entryOffices");
        Require(
            core.EscalationOrder.All(offices.Contains)
                && core.EscalationOrder.Distinct().Count() == core.EscalationOrder.Count,
            "escalationOrder"
        );
        Require(core.Transports.Any(KnownTransports.Contains), "transports");

        void Require(bool holds, string name)
        {
            if (!holds)
            {
                fields.Fault(MalformationCode.BadValue, name);
            }
        }
    }

    private static NodeKeyGrant ReadGrant(JsonFields fields)
    {
        var grant = new NodeKeyGrant(
            fields.Parsed<NodePublicKey>("key", NodePublicKey.TryParse),
            fields.Instant("from"),
            fields.Instant("until")
        );
        if (grant.Until <= grant.From)
        {
            fields.Fault(MalformationCode.BadValue, "until");
        }

        return grant;
    }

    private static OfficeEntry ReadOffice(JsonFields fields)
    {
        var office = new OfficeEntry
        {
            Name = fields.Parsed<OfficeName>("name", OfficeName.TryParse),
            Kind = fields.Text("kind", 40),
            MailAddress = fields.Text("mailAddress", 254),
            Certificate = fields.OctetsOrNull("certificate", MaxCertificate),
            Custody = fields.Parsed<Custody>("custody", Codes.TryRead),
            HostedBy = fields.ParsedOrNull<ParticipantCode>("hostedBy", ParticipantCode.TryParse),
            Channels = fields.Objects(
                "channels",
                20,
                channel => new Channel(channel.Text("kind", 40), channel.Text("value", 300))
            ),
        };
        if (!MailAddresses.IsPlain(office.MailAddress))
        {
            fields.Fault(MalformationCode.BadValue, "mailAddress");
        }

        if ((office.Custody == Custody.Hosted) != (office.HostedBy is not null))
        {
            fields.Fault(MalformationCode.BadValue, "hostedBy");
        }

        return office;
    }

    private static Dictionary<MessageKind, OfficeName> ReadEntryOffices(JsonFields fields)
    {
        var read = new Dictionary<MessageKind, OfficeName>();
        foreach (var (code, name) in fields.Map("entryOffices", 100, 60))
        {
            if (!OfficeName.TryParse(name, out var office))
            {
                fields.Fault(MalformationCode.BadValue, "entryOffices");
            }
            else if (Codes.TryRead(code, out MessageKind kind))
            {
                // A kind that this version does not know may be one that a later version adds.
                read[kind] = office;
            }
        }

        return read;
    }

    private static bool IsNodeUrl(string text, out Uri url)
    {
        var good =
            Uri.TryCreate(text, UriKind.Absolute, out url!)
            && (url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && IsLocal(url)))
            && url.Query.Length == 0
            && url.Fragment.Length == 0
            && url.UserInfo.Length == 0;
        return good;
    }

    /// <summary>Without TLS only on one machine, in demonstrations.</summary>
    private static bool IsLocal(Uri url) =>
        url.IsLoopback || url.Host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase);

    private static void WriteOffice(Utf8JsonWriter writer, OfficeEntry office)
    {
        writer.Text("name", office.Name.Value);
        writer.Text("kind", office.Kind);
        writer.Text("mailAddress", office.MailAddress);
        writer.Octets("certificate", office.Certificate);
        writer.Text("custody", office.Custody.Code());
        writer.Text("hostedBy", office.HostedBy?.Value);
        writer.Objects(
            "channels",
            office.Channels,
            channel =>
            {
                writer.Text("kind", channel.Kind);
                writer.Text("value", channel.Value);
            }
        );
    }

    private static void WriteMap(Utf8JsonWriter writer, string name, IEnumerable<(string Key, string Value)> map) =>
        writer.Object(
            name,
            () =>
            {
                foreach (var (key, value) in map.OrderBy(pair => pair.Key, StringComparer.Ordinal))
                {
                    writer.Text(key, value);
                }
            }
        );
}
