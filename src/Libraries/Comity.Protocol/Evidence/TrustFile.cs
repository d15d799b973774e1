namespace Comity.Protocol.Evidence;

/// <summary>
/// Whom the reader of evidence trusts, learned outside of it:
/// <c>{"participants":{"QM":"<em>fingerprint</em>"},"roots":["<em>fingerprint</em>"]}</c>. Either may be left out.
/// </summary>
/// <param name="Participants">Fingerprints of participant keys (40 hexadecimal digits).</param>
/// <param name="Roots">Fingerprints of directory roots.</param>
public sealed record TrustFile(IReadOnlyDictionary<ParticipantCode, string> Participants, IReadOnlyList<Digest> Roots)
{
    /// <summary>Reads a trust file. Fingerprints may be written in groups, in either case.</summary>
    public static Reading<TrustFile> Read(ReadOnlyMemory<byte> octets) => StrictJson.Read(octets, 1024 * 1024, Read);

    /// <summary>Writes a trust file.</summary>
    public byte[] ToJson() =>
        JsonText.Write(writer =>
        {
            writer.Object(
                "participants",
                () =>
                {
                    foreach (var (code, fingerprint) in Participants.OrderBy(participant => participant.Key))
                    {
                        writer.Text(code.Value, fingerprint);
                    }
                }
            );
            writer.Texts("roots", Roots.Select(root => root.Value));
        });

    /// <summary>Reads a root's fingerprint: <c>sha256:…</c>, or 64 hexadecimal digits with or without spaces.</summary>
    public static bool TryReadRoot(string? text, out Digest root)
    {
        var digits = (text ?? "").Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant();
        return Digest.TryParse(
            digits.StartsWith("sha256:", StringComparison.Ordinal) ? digits : "sha256:" + digits,
            out root
        );
    }

    private static TrustFile Read(JsonFields fields)
    {
        var participants = new Dictionary<ParticipantCode, string>();
        if (fields.Has("participants"))
        {
            foreach (var (key, value) in fields.Map("participants", 5000, 100))
            {
                var fingerprint = value.Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant();
                if (
                    ParticipantCode.TryParse(key, out var code)
                    && fingerprint.Length == 40
                    && fingerprint.All(char.IsAsciiHexDigit)
                )
                {
                    participants[code] = fingerprint;
                }
                else
                {
                    fields.Fault(MalformationCode.BadValue, "participants");
                }
            }
        }

        return new TrustFile(participants, fields.ParsedList<Digest>("roots", 100, TryReadRoot));
    }
}
