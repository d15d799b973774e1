using Comity.Directory.Keeping;
using Comity.OpenPgp;
using Comity.Protocol;
using Comity.Protocol.Signing;

namespace Comity.Directory.SettingUp;

/// <summary>The new keys of a participant, in memory only, wiped when disposed.</summary>
internal sealed class MadeKeys : IDisposable
{
    private MadeKeys(SecretKey participant, IReadOnlyDictionary<OfficeName, SecretKey> offices, NodeKey node)
    {
        Participant = participant;
        Offices = offices;
        Node = node;
    }

    public SecretKey Participant { get; }

    public IReadOnlyDictionary<OfficeName, SecretKey> Offices { get; }

    public NodeKey Node { get; }

    public static MadeKeys Make(ParticipantCode code, IReadOnlyList<NewOffice> offices, string name, DateTime now) =>
        new(
            SecretKey.Create(KeyProfile.Participant, $"{name} ({code})", now, EntryTerms.ParticipantKey),
            offices.ToDictionary(
                o => OfficeName.Of(code, o.Slug),
                o => Office(OfficeName.Of(code, o.Slug), o.Mail, now)
            ),
            NodeKey.Create()
        );

    public static SecretKey Office(OfficeName office, string mail, DateTime now) =>
        SecretKey.Create(KeyProfile.Office, $"{office} <{mail}>", now, EntryTerms.OfficeKey);

    public void Dispose()
    {
        Participant.Dispose();
        Node.Dispose();
        foreach (var key in Offices.Values)
            key.Dispose();
    }
}
