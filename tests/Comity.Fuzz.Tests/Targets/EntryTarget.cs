using Comity.Fuzz.Tests.Engine;
using Comity.OpenPgp;
using Comity.Protocol;
using Comity.Protocol.Directories;
using Comity.Protocol.Signing;

namespace Comity.Fuzz.Tests.Targets;

/// <summary>
/// A directory entry, checked by itself: 0 the whole document, 1 its payload, 2 its core, 3 the certificate in it. 1 is
/// signed by the entry key and 2 vouched for by the participant key, as by a participant that means harm.
/// </summary>
internal sealed class EntryTarget : Target
{
    private static readonly string Said = Digest.Of(Papers.Entry.Document.SignedOctets()).Value;

    public override string Name => "entry";

    public override int Modes => 4;

    public override (long Base, long PerOctet) Allowance => (2 << 20, 600);

    public override string Tokens =>
        """
            type payload signatures key value comity/entry+v1 code sequence previous issued validUntil certificate core
            coreCertification succession oldCertificate statement sections name audience digest names nodeUrl nodeKeys from
            until offices kind mailAddress custody hostedBy channels entryOffices escalationOrder transports versions suites
            technical policy own-program own-node hosted https smtp hand web telephone notification QM/technical QN QX
            https://node.qm.example/ http://127.0.0.1/ ed25519: sha256: 2026-03-01T08:00:00.000Z critical en ar technical@qm.example
            -----BEGIN PGP PUBLIC KEY BLOCK----- AAAA
            """;

    public override IEnumerable<byte[]> Seeds() =>
        [
            InMode('0', Papers.Entry.Octets.Span),
            InMode('1', Papers.Entry.Document.Payload.Span),
            InMode('2', Papers.Core),
            InMode('3', Cast.Qm.Certificate.ToOctets()),
            InMode('3', Cast.QmCertified.ToOctets()),
        ];

    public override Func<string> Prepare(byte[] input)
    {
        var (mode, payload) = Split(input);
        switch (mode)
        {
            case '1':
                var signed = Papers.Signed(DocumentTypes.Entry, payload, Cast.Qm, Cast.Made.AddHours(1));
                return () => Check(signed, isParticipants: true);
            case '2':
                // Most cores are refused by their form; only the others are worth two signatures.
                if (!EntryCoreJson.Read(payload).IsGood)
                    return () => $"core {EntryCoreJson.Read(payload).Fault!.Code}";
                var entry = Papers.EntryOf(payload, Cast.Qm.Certificate.ToOctets()).Octets.ToArray();
                return () => Check(entry, isParticipants: true);
            case '3':
                return () => Judge(payload);
            default:
                return () => Check(payload, isParticipants: false);
        }
    }

    private static string Check(byte[] octets, bool isParticipants)
    {
        var checking = EntryCheck.Check(octets, Cast.Now);
        if (!checking.IsGood)
            return $"{checking.Fault}";
        if (!isParticipants && Digest.Of(checking.Entry.Source.Document.SignedOctets()).Value != Said)
            throw new BrokenPromiseException("An entry is valid that its participant did not sign.");
        return "valid";
    }

    private static string Judge(byte[] octets)
    {
        var reading = Certificate.Read(octets);
        if (reading.Certificate is not { } certificate)
            return $"certificate {reading.Refusal ?? throw new BrokenPromiseException("Neither read nor refused.")}";
        if (Certificate.Read(certificate.ToOctets()).Certificate?.Fingerprint != certificate.Fingerprint)
            throw new BrokenPromiseException("A certificate that was read is not read again.");
        certificate.IsCertifiedBy(Cast.Qm.Certificate, Cast.Now);
        return $"certificate {certificate.Standing(KeyUse.Sign, Cast.Now)} {certificate.Standing(KeyUse.Encrypt, Cast.Now)}";
    }
}
