using System.Security.Cryptography;

namespace Comity.Post.HttpSignatures;

/// <summary>Either the octets of a body, which are those of the signed digest, or why not.</summary>
internal sealed record BodyReading(ReadOnlyMemory<byte>? Octets, RequestRefusal? Refusal);

/// <summary>
/// Reads the body of a verified request: exactly as long as was signed, and with the digest that was signed. A longer
/// body is given up at its first octet too many.
/// </summary>
internal static class CheckedBody
{
    private const int StepLength = 64 * 1024;

    public static async ValueTask<BodyReading> ReadAsync(
        Stream body,
        ContentClaim claim,
        CancellationToken cancellationToken
    )
    {
        // Grown with what really arrives: a peer that announces 64 MiB and sends nothing gets no 64 MiB.
        using var octets = new MemoryStream((int)Math.Min(claim.Length, StepLength));
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var step = new byte[StepLength];
        try
        {
            int read;
            while ((read = await body.ReadAsync(step, cancellationToken)) > 0)
            {
                if (octets.Length + read > claim.Length)
                {
                    return new(null, RequestRefusal.BodyTooLong);
                }

                hash.AppendData(step, 0, read);
                octets.Write(step, 0, read);
            }
        }
        catch (IOException)
        {
            return new(null, RequestRefusal.BodyBroken);
        }

        if (octets.Length < claim.Length)
        {
            return new(null, RequestRefusal.BodyTooShort);
        }

        return CryptographicOperations.FixedTimeEquals(hash.GetHashAndReset(), claim.Sha256.Span)
            ? new(octets.GetBuffer().AsMemory(0, (int)octets.Length), null)
            : new(null, RequestRefusal.DigestWrong);
    }
}
